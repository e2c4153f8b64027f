namespace Midwatch.Shell.Syntax;

/// <summary>A place in a text as a person names it.</summary>
/// <param name="Line">1 for the first line.</param>
/// <param name="Column">1 for the first character of a line; counted in UTF-16 code units.</param>
public readonly record struct ShellPosition(int Line, int Column)
{
    /// <summary>Computes line and column of an offset.</summary>
    /// <param name="offset">May lie at the very end of the text; an offset past it counts as the end.</param>
    public static ShellPosition Of(string text, int offset)
    {
        ArgumentNullException.ThrowIfNull(text);
        var before = text.AsSpan(0, Math.Clamp(offset, 0, text.Length));
        return new ShellPosition(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}";
}
