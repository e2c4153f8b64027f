using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Parses text that a script runs: what <c>trap</c>, <c>eval</c> and <c>source</c> are given.</summary>
internal static class InnerText
{
    /// <param name="outer">The word that holds the text: all spans lie within it.</param>
    public static ShellParseResult Parse(string text, SourceSpan outer)
    {
        var map = new int[text.Length + 1];
        for (var i = 0; i < map.Length; i++)
        {
            // Behind the opening quote, and never past the word, of which escapes make more than they stand for.
            map[i] = Math.Min(outer.Start + Math.Min(1, outer.Length) + i, outer.End);
        }

        return new ScriptParser(text, ShellParserOptions.Bash, map).Parse();
    }
}
