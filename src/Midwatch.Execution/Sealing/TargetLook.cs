namespace Midwatch.Execution.Sealing;

/// <summary>What came of looking at a target. A closed union.</summary>
public abstract record TargetLook
{
    private TargetLook()
    {
    }

    /// <summary>It was looked at; it may not be there.</summary>
    public sealed record Seen(TargetSighting Sighting) : TargetLook;

    /// <summary>It could not be looked at, so nothing can be sealed on it.</summary>
    /// <param name="Reason">One sentence.</param>
    public sealed record Unseen(string Reason) : TargetLook;
}
