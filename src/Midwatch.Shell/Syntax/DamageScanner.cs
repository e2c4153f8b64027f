namespace Midwatch.Shell.Syntax;

/// <summary>
/// Finds in runbooks what an editor or a copy has broken: bash would take it, and do something else than its author
/// meant. Such text is refused, never repaired.
/// </summary>
internal static class DamageScanner
{
    /// <summary>A dash that an editor made of two hyphens is no option.</summary>
    public static void CheckWordStart(ParserState state)
    {
        if (state.Current is '—' or '–' or '−' && char.IsAsciiLetterOrDigit(state.Peek(1)))
        {
            state.Fail(
                "SH1301",
                $"This begins with “{state.Current}”, which is no hyphen, so it is no option.",
                "Write “-” or “--”.",
                state.Position,
                state.Position + 1);
        }
    }

    public static void CheckCharacter(ParserState state)
    {
        if (state.Current is '“' or '”' or '‘' or '’')
        {
            state.Fail(
                "SH1303",
                $"The quote {state.Current} is a typographic one, which bash takes as text.",
                "Write ' or \".",
                state.Position,
                state.Position + 1);
        }
        else if (state.Current is '\u00a0' or '\u200b' or '\u2028' or '\u3000')
        {
            state.Fail(
                "SH1305",
                "There is an invisible character that bash does not take as a blank.",
                "Write a plain space.",
                state.Position,
                state.Position + 1);
        }
    }

    /// <summary>A backslash and blanks at the end of a line continue nothing; true when it failed.</summary>
    public static bool CheckEscape(ParserState state)
    {
        var ahead = 1;
        while (ShellCharacters.IsBlank(state.Peek(ahead)))
        {
            ahead++;
        }

        // Also before a comment, at the end of the text, and `\ ;` where `\;` was meant.
        var next = state.Peek(ahead);
        var ends = ShellCharacters.IsMeta(next) || next is '\r' or '#'
            || (next == '\\' && state.Peek(ahead + 1) is '\n' or '\r');

        // `a \ -b` and `a \   -b`: lines that were joined without taking the backslash out.
        var joined = ahead > 2 || state.Position == 0 || ShellCharacters.IsMeta(state.Text[state.Position - 1]);
        if (ahead == 1 || !(ends || joined))
        {
            return false;
        }

        state.Fail(
            "SH1302",
            "A blank follows the backslash, so that it protects the blank and nothing else.",
            "Remove the blank.",
            state.Position,
            state.Position + ahead);
        return true;
    }

    /// <summary>A command that begins with an option is the rest of one whose continuation got lost.</summary>
    public static void CheckCommandName(ParserState state, Word word)
    {
        if (word.Parts is [WordPart.Literal literal, ..] && literal.Text is ['-', _, ..] && !state.Failed)
        {
            state.Fail(new ShellDiagnostic(
                "SH1304",
                "A command begins with an option here: the line before lacks its backslash.",
                "End the line before with a backslash.",
                word.Span));
        }
    }
}
