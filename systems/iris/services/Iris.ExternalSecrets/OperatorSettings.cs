using System.Collections.Immutable;
using Reference.ClusterApi;

namespace Iris.ExternalSecrets;

/// <summary>What the pod tells its container.</summary>
/// <param name="Account">How the API server is reached.</param>
/// <param name="Namespaces">Whose ExternalSecrets are looked after.</param>
internal sealed record OperatorSettings(PodAccount Account, ImmutableArray<string> Namespaces)
{
    /// <exception cref="FormatException">Something is missing; the message names it.</exception>
    public static OperatorSettings Read(Func<string, string?> variable) => new(
        PodAccount.Read(variable),
        variable("WATCH_NAMESPACES") is { Length: > 0 } spaces
            ? [.. spaces.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
            : throw new FormatException("WATCH_NAMESPACES is not set."));
}
