using Midwatch.Kubernetes;

namespace Midwatch.Execution.Places;

/// <summary>What came of opening a cluster. A closed union.</summary>
public abstract record ClusterOpening
{
    private ClusterOpening()
    {
    }

    /// <summary>It answers.</summary>
    /// <param name="Client">Speaks to it; the caller disposes it.</param>
    /// <param name="Identity">Who it is.</param>
    public sealed record Done(KubernetesClient Client, ClusterIdentity Identity) : ClusterOpening;

    /// <summary>It could not be opened.</summary>
    /// <param name="Message">Why.</param>
    /// <param name="Remedy">What to do about it; empty when the message says it.</param>
    public sealed record Failed(string Message, string Remedy) : ClusterOpening;
}
