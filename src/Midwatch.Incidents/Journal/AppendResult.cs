namespace Midwatch.Incidents.Journal;

/// <summary>What came of an append.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>The events are durable.</summary>
    /// <param name="Version">The stream's version now.</param>
    /// <param name="FirstPosition">The position of the first of them.</param>
    public sealed record Appended(long Version, long FirstPosition) : AppendResult;

    /// <summary>Another writer was first; nothing was written. Reload, decide again, retry.</summary>
    /// <param name="Version">The stream's version as it is.</param>
    public sealed record Stale(long Version) : AppendResult;
}
