namespace Midwatch.Shell.Syntax;

/// <summary>
/// A stretch of the source text, in UTF-16 code units: what <see cref="string.Substring(int, int)"/> takes.
/// </summary>
/// <param name="Start">Offset of the first character, 0 for the beginning of the text.</param>
/// <param name="Length">Number of characters; 0 for something that is missing at this place.</param>
public readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>Gets the offset just behind the last character.</summary>
    public int End => Start + Length;

    /// <summary>The span from one offset up to, not including, another.</summary>
    public static SourceSpan Between(int start, int end) => new(start, end - start);

    /// <summary>The smallest span that holds both.</summary>
    public SourceSpan Union(SourceSpan other) =>
        Between(Math.Min(Start, other.Start), Math.Max(End, other.End));

    /// <summary>Whether every character of <paramref name="other"/> lies within this span.</summary>
    public bool Contains(SourceSpan other) => Start <= other.Start && other.End <= End;
}
