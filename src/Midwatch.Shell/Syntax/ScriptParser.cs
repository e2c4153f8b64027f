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

    /// <summary>
    /// Parses statement by statement; one in which line continuations turn out to join words, names or operators is
    /// read again without them.
    /// </summary>
    /// <returns>
    /// Null when the text has to be read again as a whole: a joined keyword may end a statement elsewhere.
    /// </returns>
    private ShellParseResult? ParsePieces()
    {
        var state = new ParserState(text, options, map: null);
        var lists = new Grammar(state).Lists;
        var statements = ImmutableArray.CreateBuilder<Statement>(2);
        while (!state.AtEnd)
        {
            var piece = (Start: state.Position, Statements: statements.Count, Comments: state.Comments.Count);
            lists.ParsePiece(statements);
            if (state.Joints.Count == 0)
            {
                continue;
            }

            var end = state.Current == '\n' ? state.Position + 1 : state.Position;
            if (state.Failed || ParseJoined(piece.Start, end, state.Joints) is not { IsSound: true } again)
            {
                return null;
            }

            statements.Count = piece.Statements;
            statements.AddRange(again.Script.Statements);
            state.Comments.RemoveRange(piece.Comments, state.Comments.Count - piece.Comments);
            state.Comments.AddRange(again.Script.Comments);
            state.Joints.Clear();
        }

        return Result(state, statements.DrainToImmutable());
    }

    /// <summary>
    /// Parses a stretch of the text; where line continuations turn out to join something, takes those out and parses
    /// it again.
    /// </summary>
    /// <param name="known">Joints that an earlier reading has found.</param>
    private ShellParseResult ParseJoined(int start, int end, IEnumerable<int>? known = null)
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

    private ShellParseResult ParseOnce(ParserState state) => Result(state, new Grammar(state).Lists.ParseTopLevel());

    private ShellParseResult Result(ParserState state, ImmutableArray<Statement> statements) => new(
        new Script(new SourceSpan(0, text.Length), statements, [.. state.Comments]),
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
