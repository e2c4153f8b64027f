using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Events;

namespace Midwatch.Incidents;

/// <summary>An alert that belongs to an incident.</summary>
/// <param name="ReceivedAt">When it was taken in.</param>
/// <param name="FiringSince">When it last began to fire, as its source says.</param>
/// <param name="ResolvedAt">When its source resolved it, by our clock; null while it fires.</param>
public sealed record IncidentAlert(
    Alert Alert, AlertRole Role, DateTimeOffset ReceivedAt, DateTimeOffset FiringSince, DateTimeOffset? ResolvedAt)
{
    /// <summary>True until its source resolves it.</summary>
    public bool IsFiring => ResolvedAt is null;
}
