namespace Midwatch.Incidents.Escalations;

/// <summary>When to escalate, as the runbook says it, and to whom.</summary>
/// <param name="After">How long after <paramref name="From"/>; null for conditions without a time.</param>
/// <param name="From">The event that starts it: <c>alert</c>, <c>attempted-fix</c>, <c>acknowledged</c>; null without a
/// time.</param>
/// <param name="Line">The line that says so.</param>
public sealed record EscalationRule(TimeSpan? After, string? From, string? To, string? Condition, int Line);

/// <summary>A clock that runs. It is durable: after a stop an overdue one fires at once.</summary>
/// <param name="Id">Names the clock within its incident.</param>
/// <param name="StartedBy">The event that started it, in words.</param>
public sealed record EscalationClock(string Id, EscalationRule Rule, string StartedBy, DateTimeOffset DueAt)
{
    /// <summary>When it rang; null while it runs.</summary>
    public DateTimeOffset? RangAt { get; init; }
}
