namespace Midwatch.LocalCluster;

/// <summary>A running cluster, or why there is none.</summary>
public abstract record ClusterStart
{
    private ClusterStart()
    {
    }

    /// <summary>The API server answers and the kubeconfig files are written.</summary>
    public sealed record Started(ClusterHost Cluster) : ClusterStart;

    /// <summary>It could not start; nothing was left behind.</summary>
    /// <param name="Reason">A sentence that names what is in the way, and the remedy.</param>
    public sealed record Failed(string Reason) : ClusterStart;
}
