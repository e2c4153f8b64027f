namespace Midwatch.Cli.Running;

/// <summary>What <c>midwatch run</c> was asked.</summary>
internal sealed record RunRequest
{
    internal required string Runbook { get; init; }

    internal string? Procedure { get; init; }

    internal string? Kubeconfig { get; init; }

    /// <summary>Only the diagnose commands, with what they print.</summary>
    internal bool OnlyDiagnose { get; init; }

    internal bool Yes { get; init; }

    internal bool DryRun { get; init; }

    /// <summary>A folder of effect data; null for the built-in alone.</summary>
    internal string? Effects { get; init; }
}
