using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses a whole text.</summary>
/// <param name="map">For each offset of the text its offset in an outer text; null when the text is the
/// outermost.</param>
internal sealed class ScriptParser(string text, ShellParserOptions options, int[]? map = null)
{
    private readonly ParserState _state = new(text, options, map);

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

        var grammar = new Grammar(_state);
        var statements = grammar.Lists.ParseTopLevel();
        return new ShellParseResult(
            new Script(new SourceSpan(0, text.Length), statements, [.. _state.Comments]),
            _state.Failure is { } failure ? [failure] : []) { IsUnfinished = _state.EndedTooSoon };
    }

    private static ShellParseResult Refused(string code, string message, string remedy, int at) => new(
        new Script(new SourceSpan(0, 0), ImmutableArray<Statement>.Empty, ImmutableArray<Comment>.Empty),
        [new ShellDiagnostic(code, message, remedy, new SourceSpan(at, at == 0 ? 0 : 1))]);
}
