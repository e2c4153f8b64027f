using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Schema;

/// <summary>A body read as an object of a kind.</summary>
/// <param name="Body">Known fields only, nulls and empty collections dropped, quantities in canonical form.</param>
/// <param name="UnknownFields">Where something stood that the kind does not have, as "spec.replicsa".</param>
/// <param name="Error">The first value of a wrong type; null when there is none.</param>
internal sealed record DecodeResult(JsonObject Body, ImmutableArray<string> UnknownFields, DecodeError? Error);
