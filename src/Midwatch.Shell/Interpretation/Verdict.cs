namespace Midwatch.Shell.Interpretation;

/// <summary>What a judge says. A closed union.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Gets the verdict that lets a command go on.</summary>
    public static Verdict Allowed { get; } = new Allow();

    /// <summary>The command may run.</summary>
    public sealed record Allow : Verdict;

    /// <summary>The command must not run, and nothing behind it either.</summary>
    /// <param name="Reason">One sentence: why.</param>
    /// <param name="Remedy">One sentence: what a person can do.</param>
    public sealed record Refuse(string Reason, string Remedy) : Verdict;
}
