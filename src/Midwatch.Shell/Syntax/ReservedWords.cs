using System.Collections.Frozen;

namespace Midwatch.Shell.Syntax;

/// <summary>Words that mean something where a command may begin.</summary>
internal static class ReservedWords
{
    /// <summary>Those that end a list of statements, wherever they are met.</summary>
    private static readonly FrozenSet<string> Closing =
        FrozenSet.Create(StringComparer.Ordinal, "then", "else", "elif", "fi", "do", "done", "esac", "}");

    public static bool IsClosing(string word) => Closing.Contains(word);

    /// <summary>The unquoted word at the place if it could be a reserved one, else the empty string.</summary>
    public static string At(ParserState state)
    {
        var length = 0;
        while (length < 9 && !ShellCharacters.IsMeta(state.Peek(length)) && !EndsLine(state, length))
        {
            if (!char.IsAsciiLetterLower(state.Peek(length)) && state.Peek(length) is not ('{' or '}' or '[' or '!'))
            {
                return string.Empty;
            }

            length++;
        }

        return length is 0 or 9 ? string.Empty : state.Text.Substring(state.Position, length);
    }

    // Also a continuation: `then\` at the end of a line is still the reserved word.
    private static bool EndsLine(ParserState state, int ahead) =>
        (state.Peek(ahead) == '\r' && state.Peek(ahead + 1) == '\n')
        || (state.Peek(ahead) == '\\' && state.Peek(ahead + 1) is '\n' or '\r');
}
