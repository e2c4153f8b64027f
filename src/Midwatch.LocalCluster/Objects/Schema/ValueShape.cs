namespace Midwatch.LocalCluster.Objects.Schema;

/// <summary>Whether a field holds one value, a list or a map from strings.</summary>
internal enum ValueShape
{
    One,
    List,
    Map,
}
