using Midwatch.Incidents.Journal;

namespace Midwatch.Engine.Ports;

/// <summary>Everything that the engine reaches the world through.</summary>
public sealed record EnginePorts
{
    /// <summary>Where events live. The engine does not close it.</summary>
    public required IEventStore Store { get; init; }

    /// <summary>Looking and ranking.</summary>
    public required IDiagnosisRun Diagnosis { get; init; }

    /// <summary>Acting.</summary>
    public required IActionRun Actions { get; init; }

    /// <summary>Proving.</summary>
    public required IVerificationRun Verification { get; init; }

    /// <summary>Asking the source of an alert.</summary>
    public required IAlertSource AlertSource { get; init; }

    /// <summary>Knowing the cluster.</summary>
    public required IClusterGuard Guard { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
