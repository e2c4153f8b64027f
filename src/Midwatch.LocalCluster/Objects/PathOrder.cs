namespace Midwatch.LocalCluster.Objects;

/// <summary>Orders objects as etcd does: byte by byte over namespace, then name.</summary>
internal sealed class PathOrder : IComparer<(string Namespace, string Name)>
{
    public static readonly PathOrder Instance = new();

    private PathOrder()
    {
    }

    public int Compare((string Namespace, string Name) x, (string Namespace, string Name) y)
    {
        var byNamespace = string.CompareOrdinal(x.Namespace, y.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(x.Name, y.Name);
    }
}
