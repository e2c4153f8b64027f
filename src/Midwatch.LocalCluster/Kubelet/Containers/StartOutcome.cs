using Midwatch.LocalCluster.Kubelet.Images;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>What became of making and starting one instance.</summary>
internal abstract record StartOutcome
{
    private StartOutcome()
    {
    }

    internal sealed record Started(ContainerInstance Instance, Image Image) : StartOutcome;

    /// <summary>A ConfigMap or Secret is missing (CreateContainerConfigError); it is tried again.</summary>
    internal sealed record NotConfigured(string Message) : StartOutcome;

    /// <summary>
    /// The runtime could not start it (StartError, exit code 128); it counts as an instance that ended.
    /// </summary>
    internal sealed record NotStarted(string Message) : StartOutcome;
}
