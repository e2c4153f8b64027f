namespace Midwatch.Diagnosis.Observations;

/// <summary>What became of a read.</summary>
public enum ReadOutcome
{
    /// <summary>It answered: what it did not show is not there.</summary>
    Made,

    /// <summary>The identity may not read this.</summary>
    Denied,

    /// <summary>It could not be made, or its answer could not be understood.</summary>
    Failed,

    /// <summary>It took longer than it may.</summary>
    TimedOut,
}
