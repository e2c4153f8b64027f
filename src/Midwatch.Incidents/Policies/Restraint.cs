namespace Midwatch.Incidents.Policies;

/// <summary>The limits that hold an incident back, with the defaults of the design.</summary>
public sealed record Restraint
{
    /// <summary>How many acting commands one namespace bears in an hour, over all incidents.</summary>
    public int ActionsPerNamespaceAndHourMost { get; init; } = 5;

    /// <summary>
    /// How often a scenario may fail before anything was done; a failed proof strikes it out at once.
    /// </summary>
    public int FailuresBeforeStrikeOut { get; init; } = 2;

    /// <summary>How many separating passes of reading follow one ranking.</summary>
    public int SeparatingRoundsMost { get; init; } = 3;

    /// <summary>How long separating reads may go on after the first ranking.</summary>
    public TimeSpan SeparatingTimeMost { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many passes of reading one incident makes before it is a person's.</summary>
    public int DiagnosisRoundsMost { get; init; } = 12;

    /// <summary>How long an approval may be waited for, and how long it stays good.</summary>
    public TimeSpan ApprovalLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long everything has to hold before recovery counts as proven.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the proof is waited for, the settling window included.</summary>
    public TimeSpan VerificationPatience { get; init; } = TimeSpan.FromMinutes(10);
}
