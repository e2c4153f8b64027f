using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>A container's variables, or why there are none.</summary>
internal abstract record EnvironmentResult
{
    private EnvironmentResult()
    {
    }

    internal sealed record Built(ImmutableDictionary<string, string> Variables) : EnvironmentResult;

    /// <param name="Message">As the status of a CreateContainerConfigError has it.</param>
    internal sealed record Unusable(string Message) : EnvironmentResult;
}
