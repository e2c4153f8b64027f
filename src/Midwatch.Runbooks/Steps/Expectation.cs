namespace Midwatch.Runbooks.Steps;

/// <summary>What a step or command should show.</summary>
/// <param name="Line">The line that says so, 1-based.</param>
/// <param name="Source">The words that say so.</param>
public abstract record Expectation(int Line, string Source)
{
    /// <summary>The output contains the text.</summary>
    public sealed record Contains(string Text, int Line, string Source) : Expectation(Line, Source);

    /// <summary>
    /// The output is JSON of this shape: every member of <paramref name="Json"/> is there with that value; a string
    /// <c>&lt;uuid&gt;</c>, <c>&lt;number&gt;</c>, … is a typed hole. Members beyond are allowed.
    /// </summary>
    public sealed record JsonShape(string Json, int Line, string Source) : Expectation(Line, Source);

    /// <summary>The HTTP status is this.</summary>
    public sealed record HttpStatus(int Status, int Line, string Source) : Expectation(Line, Source);

    /// <summary>Every pod that the command lists is Running and Ready, and there is at least one.</summary>
    public sealed record PodsReady(int Line, string Source) : Expectation(Line, Source);

    /// <summary>There are that many of what the command lists.</summary>
    public sealed record Count(int Least, int? Most, int Line, string Source) : Expectation(Line, Source);

    /// <summary>A number stays within a bound, such as <c>&lt; 0.05</c>.</summary>
    public sealed record Bound(string Comparison, double Limit, string? Unit, int Line, string Source)
        : Expectation(Line, Source);

    /// <summary>The named alert resolves, within the time when one is stated.</summary>
    public sealed record AlertResolves(string? Alert, TimeSpan? Limit, int Line, string Source)
        : Expectation(Line, Source);

    /// <summary>It is done within the time.</summary>
    public sealed record Within(TimeSpan Limit, int Line, string Source) : Expectation(Line, Source);

    /// <summary>Words that only a person can judge; or sample output, which is an example and no assertion.</summary>
    public sealed record Told(string Text, bool IsExample, int Line, string Source) : Expectation(Line, Source);
}
