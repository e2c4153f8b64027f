namespace Midwatch.LocalCluster.Objects.Schema;

/// <summary>A value of the wrong type.</summary>
/// <param name="Json">As Go's JSON decoder tells it: for bodies.</param>
/// <param name="Conversion">As the unstructured converter tells it: for strategic patches.</param>
internal sealed record DecodeError(string Json, string Conversion);
