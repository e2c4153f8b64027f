namespace Midwatch.Incidents.Events;

/// <summary>How an incident ended. Only the first two are well.</summary>
public enum IncidentOutcome
{
    /// <summary>Midwatch acted and recovery was proven.</summary>
    Recovered,

    /// <summary>It was well again before anything was done, and that was proven.</summary>
    ResolvedByItself,

    /// <summary>No fault was found that the runbook could mend; nothing was done.</summary>
    NoFault,

    /// <summary>A person has to go on; nothing was changed.</summary>
    HandedToHuman,

    /// <summary>Midwatch acted and recovery was not proven; a person has to go on.</summary>
    NotHealed,
}
