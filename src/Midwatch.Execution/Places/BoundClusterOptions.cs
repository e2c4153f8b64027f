using Midwatch.Processes;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Execution.Places;

/// <summary>How one cluster is reached, by whom, and with which programs.</summary>
public sealed record BoundClusterOptions
{
    /// <summary>The kubeconfig of the identity that looks; its current context counts.</summary>
    public required string ReadingKubeconfig { get; init; }

    /// <summary>The kubeconfig of the identity that acts; the same file where there is only one identity.</summary>
    public required string ActingKubeconfig { get; init; }

    /// <summary>
    /// A folder of Midwatch's own for kubeconfigs, homes and the steps' folders; made when it is not there.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>The kubectl to use, absolute; null to find one in <see cref="SearchPath"/>.</summary>
    public string? Kubectl { get; init; }

    /// <summary>Where programs are looked for: directories between colons.</summary>
    public required string SearchPath { get; init; }

    /// <summary>Starts the programs.</summary>
    public required ProgramStarter Starter { get; init; }

    /// <summary>Tells the effects of programs as they start.</summary>
    public required EffectJudge Judge { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
