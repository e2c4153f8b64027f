namespace Midwatch.Incidents.Events;

/// <summary>Why an alert belongs to an incident.</summary>
public enum AlertRole
{
    /// <summary>The procedure answers it: recovery needs it resolved.</summary>
    Opening,

    /// <summary>It belongs to the same system and the same causal tree: no run of its own.</summary>
    Related,
}
