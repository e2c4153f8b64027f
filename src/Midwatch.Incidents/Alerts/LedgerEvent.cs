using System.Text.Json.Serialization;

namespace Midwatch.Incidents.Alerts;

/// <summary>What the ledger of alerts holds: every accepted alert, and the decision about it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Accepted), "alert-accepted")]
[JsonDerivedType(typeof(Decided), "alert-decided")]
public abstract record LedgerEvent
{
    private LedgerEvent(DateTimeOffset at) => At = at;

    /// <summary>When it happened, in UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>An alert was accepted; its sender has its answer.</summary>
    public sealed record Accepted(DateTimeOffset At, Alert Alert) : LedgerEvent(At);

    /// <summary>What was decided about an accepted alert.</summary>
    /// <param name="Entry">The version of its <see cref="Accepted"/> in the ledger.</param>
    /// <param name="Incident">The incident that it went to; null when it went to none.</param>
    public sealed record Decided(
        DateTimeOffset At, long Entry, AlertDecision Decision, string? Incident, string Reason) : LedgerEvent(At);
}

/// <summary>What can be decided about an accepted alert.</summary>
public enum AlertDecision
{
    /// <summary>It opened an incident.</summary>
    Opened,

    /// <summary>It belongs to an incident that is open.</summary>
    Joined,

    /// <summary>It was resolved, and an open incident knows now.</summary>
    Resolved,

    /// <summary>No runbook answers it.</summary>
    NoProcedure,

    /// <summary>More than one procedure answers it, and nothing tells which.</summary>
    Ambiguous,

    /// <summary>It tells of a state that was over before it came.</summary>
    Stale,

    /// <summary>It was resolved, and no open incident was waiting for it.</summary>
    NothingOpen,
}
