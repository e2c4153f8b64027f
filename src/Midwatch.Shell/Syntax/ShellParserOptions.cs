namespace Midwatch.Shell.Syntax;

/// <summary>How a text is to be read.</summary>
public sealed record ShellParserOptions
{
    /// <summary>Gets plain bash: nothing is a placeholder.</summary>
    public static ShellParserOptions Bash { get; } = new();

    /// <summary>Gets the reading of a runbook: what a person would fill in is a placeholder.</summary>
    public static ShellParserOptions Runbook { get; } = new() { Placeholders = true };

    /// <summary>Gets whether placeholders are recognised. The default is false.</summary>
    public bool Placeholders { get; init; }

    /// <summary>
    /// Gets how deep constructs may nest. The default is 100; past it parsing ends with a diagnostic.
    /// </summary>
    public int NestingDepthMax { get; init; } = 100;

    /// <summary>Gets how many characters are read. The default is 4 Mi; a longer text is refused whole.</summary>
    public int LengthMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Gets on how many threads at most a long text is read. The default is 1, the caller's; what comes out is the same
    /// for any number.
    /// </summary>
    public int ThreadsMax { get; init; } = 1;

    /// <summary>Gets the characters of a stretch that is worth a thread.</summary>
    internal int StretchMin { get; init; } = 128 * 1024;
}
