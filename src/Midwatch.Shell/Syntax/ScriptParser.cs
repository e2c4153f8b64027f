using System.Collections.Immutable;
using System.Text;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses a whole text.</summary>
/// <param name="map">For each offset of the text its offset in an outer text; null when the text is the
/// outermost.</param>
internal sealed class ScriptParser(string text, ShellParserOptions options, int[]? map = null)
{
    public ShellParseResult Parse()
    {
        if (text.Length > options.LengthMax)
        {
            return Refused("SH1010", $"The text is longer than {options.LengthMax} characters.", "Split it.", 0);
        }

        var nul = text.IndexOf('\0', StringComparison.Ordinal);
        if (nul >= 0)
        {
            return Refused("SH1011", "The text holds a NUL character, so it is no shell text.", "Remove it.", nul);
        }

        return ParseJoined();
    }

    /// <summary>
    /// Parses; where line continuations turn out to join words, names or operators, takes those out and parses again.
    /// </summary>
    private ShellParseResult ParseJoined()
    {
        // A keyword that is put together may open a place that holds further joints, so one more reading may not do.
        const int ReadingsMax = 5;
        var state = new ParserState(text, options, map);
        var joints = new SortedSet<int>();
        for (var readings = 1; ; readings++)
        {
            var statements = new Grammar(state).Lists.ParseTopLevel();
            if (state.Joints.Count == 0 || readings == ReadingsMax || map is not null)
            {
                return new ShellParseResult(
                    new Script(new SourceSpan(0, text.Length), statements, [.. state.Comments]),
                    state.Failure is { } failure ? [failure] : []) { IsUnfinished = state.EndedTooSoon };
            }

            joints.UnionWith(state.Joints);
            var (joined, places) = Without(joints);
            state = new ParserState(joined, options, places);
        }
    }

    private (string Text, int[] Map) Without(SortedSet<int> joints)
    {
        var joined = new StringBuilder(text.Length);
        var places = new int[text.Length + 1];
        var from = 0;
        foreach (var joint in joints)
        {
            Keep(joint);
            from = joint + (text[joint + 1] == '\r' ? 3 : 2);
        }

        Keep(text.Length);
        places[joined.Length] = text.Length;
        return (joined.ToString(), places);

        void Keep(int end)
        {
            for (var (i, at) = (from, joined.Length); i < end; i++, at++)
            {
                places[at] = i;
            }

            joined.Append(text, from, end - from);
        }
    }

    private static ShellParseResult Refused(string code, string message, string remedy, int at) => new(
        new Script(new SourceSpan(0, 0), ImmutableArray<Statement>.Empty, ImmutableArray<Comment>.Empty),
        [new ShellDiagnostic(code, message, remedy, new SourceSpan(at, at == 0 ? 0 : 1))]);
}
