namespace Midwatch.Cli.Demo;

/// <summary>What <c>midwatch demo</c> was asked for.</summary>
internal sealed record DemoOptions
{
    /// <summary>Answers the approval beforehand; good for <c>change</c> on the local cluster only.</summary>
    internal required bool Yes { get; init; }

    /// <summary>The fault's id; null takes the system's default.</summary>
    internal required string? Fault { get; init; }

    /// <summary>A runbook file; null takes the system's own.</summary>
    internal required string? Runbook { get; init; }

    /// <summary>The system's name; null takes the one that says it is the demo's.</summary>
    internal required string? System { get; init; }

    /// <summary>Leaves every clock of the monitoring and the settling window as they are.</summary>
    internal required bool RealTime { get; init; }

    /// <summary>Keeps everything up at the end, until Ctrl-C.</summary>
    internal required bool Serve { get; init; }
}
