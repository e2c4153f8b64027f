using System.Collections.Immutable;
using Reference.ClusterApi;

namespace Reference.Discovery;

/// <summary>What the pod tells its container.</summary>
/// <param name="Account">How the API server is reached.</param>
/// <param name="TargetsFile">The file that Prometheus reads.</param>
/// <param name="Namespaces">Whose pods are listed; empty for the pod's own.</param>
internal sealed record DiscoverySettings(
    PodAccount Account, string TargetsFile, ImmutableArray<string> Namespaces)
{
    /// <exception cref="FormatException">Something is missing; the message names it.</exception>
    public static DiscoverySettings Read(Func<string, string?> variable) => new(
        PodAccount.Read(variable),
        variable("MIDWATCH_ROOT") + (variable("TARGETS_FILE") is { Length: > 0 } file
            ? file : throw new FormatException("TARGETS_FILE is not set.")),
        [.. (variable("TARGET_NAMESPACES") ?? "").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
}
