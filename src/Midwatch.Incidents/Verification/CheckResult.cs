namespace Midwatch.Incidents.Verification;

/// <summary>Three values: absent is never fine.</summary>
public enum CheckVerdict
{
    /// <summary>It holds.</summary>
    Met,

    /// <summary>It does not hold.</summary>
    Unmet,

    /// <summary>It was denied, failed, timed out, or only a person can judge it.</summary>
    CouldNotTell,
}

/// <summary>One thing that the verification asks for, and its answer.</summary>
/// <param name="Id">Stable over the rounds of one verification.</param>
/// <param name="Title">What is asked, as the runbook says it.</param>
/// <param name="Reason">What was seen, in one sentence.</param>
/// <param name="Line">The line that asks, 1-based; 0 for what Midwatch asks by itself.</param>
public sealed record CheckResult(string Id, string Title, CheckVerdict Verdict, string Reason, int Line)
{
    /// <summary>
    /// True when a person has to judge it and no machine can: it is reported, and does not hold up the proof.
    /// </summary>
    public bool IsForPeople { get; init; }
}
