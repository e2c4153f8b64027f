using Midwatch.Incidents.Events;
using Midwatch.Incidents.Procedures;

namespace Midwatch.Incidents.Alerts;

/// <summary>Where an accepted alert goes.</summary>
public abstract record AlertRoute
{
    private AlertRoute()
    {
    }

    /// <summary>It opens an incident.</summary>
    public sealed record Open(ProcedureBrief Procedure, string Why) : AlertRoute;

    /// <summary>It belongs to an incident that is open.</summary>
    public sealed record Join(IncidentId Incident, AlertRole Role, string Why) : AlertRoute;

    /// <summary>It goes to no incident; the ledger keeps why.</summary>
    public sealed record Nowhere(AlertDecision Decision, string Why) : AlertRoute;
}
