namespace Midwatch.Incidents.Actions;

/// <summary>An intended action and what is known of it.</summary>
/// <param name="Outcome">Null while it runs, and after a stop in between.</param>
/// <param name="Recheck">What the second look said; null when none was needed.</param>
public sealed record ActionEntry(
    Intent Intent, DateTimeOffset IntendedAt, ActionOutcome? Outcome = null, RecheckVerdict? Recheck = null)
{
    /// <summary>True when it is not known whether it was done.</summary>
    public bool IsOpen => Outcome is null && Recheck is null;

    /// <summary>True when it is certain that it was done.</summary>
    public bool IsDone => Outcome?.Succeeded ?? Recheck == RecheckVerdict.Done;

    /// <summary>True when it is certain that nothing was done, so that it may be tried.</summary>
    public bool IsKnownUndone => Outcome is null && Recheck == RecheckVerdict.NotDone;
}
