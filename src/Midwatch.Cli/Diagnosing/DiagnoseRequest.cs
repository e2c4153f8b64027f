namespace Midwatch.Cli.Diagnosing;

/// <summary>What <c>midwatch diagnose</c> was asked.</summary>
internal sealed record DiagnoseRequest
{
    /// <summary>The runbook's file; null to take the one of the evidence.</summary>
    internal string? Runbook { get; init; }

    /// <summary>An evidence file to rank from; null to ask the cluster.</summary>
    internal string? From { get; init; }

    internal string? Save { get; init; }

    internal string? Procedure { get; init; }

    internal string? Kubeconfig { get; init; }

    internal bool Json { get; init; }

    /// <summary>A folder of effect data; null for the built-in alone.</summary>
    internal string? Effects { get; init; }
}
