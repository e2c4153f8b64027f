using System.Collections.Immutable;
using System.Text.Json;

namespace Midwatch.Kubernetes;

/// <summary>A list as it was at one moment.</summary>
public sealed record ResourceList(ImmutableArray<JsonElement> Items, string ResourceVersion);
