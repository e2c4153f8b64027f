using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Objects.Schema;

/// <summary>A type of the API and its fields.</summary>
/// <param name="Package">The group and version that it belongs to, as "apps/v1".</param>
internal sealed record TypeSchema(string Name, string Package, ImmutableDictionary<string, FieldSchema> Fields);
