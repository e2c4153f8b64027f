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

        return map is null
            ? ParsePieces() ?? ParseJoined(0, text.Length)
            : ParseOnce(new ParserState(text, options, map));
    }

    /// <summary>Parses statement by statement; a long text from several places at once.</summary>
    /// <returns>
    /// Null when the text has to be read again as a whole: a joined keyword may end a statement elsewhere.
    /// </returns>
    private ShellParseResult? ParsePieces()
    {
        var starts = StretchStarts.Of(text, options);
        var stretches = starts
            .Select(start => new StretchParser(this, new ParserState(text, options, map: null) { Position = start }))
            .ToArray();
        Task[] behind = [.. stretches.Skip(1).Select((stretch, i) => Task.Run(() => stretch.ReadUpTo(End(i + 1), [])))];
        stretches[0].ReadUpTo(End(0), []);
        Task.WaitAll(behind);
        return Join(stretches);

        int End(int stretch) => stretch + 1 < starts.Length ? starts[stretch + 1] : text.Length;
    }

    /// <summary>
    /// What was read from several places as one: each goes on until it meets a statement of the top level from which
    /// another has gone on.
    /// </summary>
    private ShellParseResult? Join(StretchParser[] stretches)
    {
        var (statements, comments) = (stretches[0].Statements, stretches[0].State.Comments);
        for (var (i, place) = (0, 0); ;)
        {
            var stretch = stretches[i];
            var next = stretch.ReadUpTo(text.Length, stretches[(i + 1)..]);
            if (stretch.HasToBeReadWhole)
            {
                return null;
            }

            if (i > 0)
            {
                stretch.HandOver(place, statements, comments);
            }

            if (next is null)
            {
                return Result(stretch.State, statements.DrainToImmutable(), comments);
            }

            (i, place) = (Array.IndexOf(stretches, next), stretch.State.Position);
        }
    }

    /// <summary>
    /// Parses a stretch of the text; where line continuations turn out to join something, takes those out and parses
    /// it again.
    /// </summary>
    /// <param name="known">Joints that an earlier reading has found.</param>
    public ShellParseResult ParseJoined(int start, int end, IEnumerable<int>? known = null)
    {
        // A keyword that is put together may open a place that holds further joints, so one more reading may not do.
        const int ReadingsMax = 5;
        var joints = new SortedSet<int>(known ?? []);
        for (var readings = 1; ; readings++)
        {
            var (joined, places) = Without(joints, start, end);
            var state = new ParserState(joined, options, places);
            var result = ParseOnce(state);
            if (state.Joints.Count == 0 || readings == ReadingsMax)
            {
                return result;
            }

            joints.UnionWith(state.Joints);
        }
    }

    private ShellParseResult ParseOnce(ParserState state) =>
        Result(state, new Grammar(state).Lists.ParseTopLevel(), state.Comments);

    private ShellParseResult Result(ParserState state, ImmutableArray<Statement> statements, List<Comment> comments) =>
        new(new Script(new SourceSpan(0, text.Length), statements, [.. comments]),
        state.Failure is { } failure ? [failure] : []) { IsUnfinished = state.EndedTooSoon };

    private (string Text, int[] Map) Without(SortedSet<int> joints, int start, int end)
    {
        var joined = new StringBuilder(end - start);
        var places = new int[end - start + 1];
        var from = start;
        foreach (var joint in joints)
        {
            Keep(joint);
            from = joint + (text[joint + 1] == '\r' ? 3 : 2);
        }

        Keep(end);
        places[joined.Length] = end;
        return (joined.ToString(), places);

        void Keep(int until)
        {
            for (var (i, at) = (from, joined.Length); i < until; i++, at++)
            {
                places[at] = i;
            }

            joined.Append(text, from, until - from);
        }
    }

    private static ShellParseResult Refused(string code, string message, string remedy, int at) => new(
        new Script(new SourceSpan(0, 0), ImmutableArray<Statement>.Empty, ImmutableArray<Comment>.Empty),
        [new ShellDiagnostic(code, message, remedy, new SourceSpan(at, at == 0 ? 0 : 1))]);
}
