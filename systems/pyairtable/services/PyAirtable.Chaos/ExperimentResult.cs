namespace PyAirtable.Chaos;

/// <summary>What came of an experiment.</summary>
/// <param name="Recovery">From the kill to the steady state that lasted; null without one.</param>
internal sealed record ExperimentResult(ExperimentEnd End, TimeSpan? Recovery);

/// <summary>How an experiment ended; the number is the process's exit status.</summary>
internal enum ExperimentEnd
{
    /// <summary>The steady state was back in the expected time.</summary>
    Recovered = 0,

    /// <summary>A guardrail, or a system that was not well before: nothing was broken.</summary>
    Refused = 2,

    /// <summary>It was not. (1 is what a service ends with whose configuration cannot be used.)</summary>
    NotRecovered = 3,
}
