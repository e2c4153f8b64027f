namespace Midwatch.LocalCluster.Objects.Schema;

/// <summary>What may stand in a field: a scalar's name or a type's, possibly as a list or a map.</summary>
/// <param name="Name">"string", "int32", "quantity", … or the name of a type in types.yaml.</param>
internal sealed record ValueType(string Name, ValueShape Shape);
