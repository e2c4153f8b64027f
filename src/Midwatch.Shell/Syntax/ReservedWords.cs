using System.Collections.Frozen;

namespace Midwatch.Shell.Syntax;

/// <summary>Words that mean something where a command may begin.</summary>
internal static class ReservedWords
{
    /// <summary>Those that end a list of statements, wherever they are met.</summary>
    private static readonly FrozenSet<string> Closing =
        FrozenSet.Create(StringComparer.Ordinal, "then", "else", "elif", "fi", "do", "done", "esac", "}");

    private static readonly FrozenSet<string> Opening = FrozenSet.Create(
        StringComparer.Ordinal,
        "if", "while", "until", "for", "select", "case", "function", "coproc", "time", "{", "[[", "!", "in");

    public static bool IsReserved(string word) => Opening.Contains(word) || Closing.Contains(word);

    public static bool IsClosing(string word) => word.Length > 0 && Closing.Contains(word);

    /// <summary>The reserved word at the place, unquoted and whole, else the empty string.</summary>
    public static string At(ParserState state)
    {
        var word = Candidate(state);
        return word.Length > 0 && state.At(word) && EndsWord(state, word.Length) ? word : string.Empty;
    }

    // By its first letters, so that nothing is looked up for the words of ordinary commands.
    private static string Candidate(ParserState state) => state.Current switch
    {
        'i' => state.Peek(1) == 'f' ? "if" : "in",
        't' => state.Peek(1) == 'h' ? "then" : "time",
        'e' => state.Peek(1) == 's' ? "esac" : state.Peek(2) == 's' ? "else" : "elif",
        'f' => state.Peek(1) switch { 'i' => "fi", 'o' => "for", _ => "function" },
        'd' => state.Peek(2) == 'n' ? "done" : "do",
        'w' => "while",
        'u' => "until",
        'c' => state.Peek(1) == 'a' ? "case" : "coproc",
        's' => "select",
        '{' => "{",
        '}' => "}",
        '!' => "!",
        '[' => "[[",
        _ => string.Empty,
    };

    // Also a continuation: `then\` at the end of a line is still the reserved word.
    private static bool EndsWord(ParserState state, int ahead) =>
        ShellCharacters.IsMeta(state.Peek(ahead))
        || (state.Peek(ahead) == '\r' && state.Peek(ahead + 1) == '\n')
        || (state.Peek(ahead) == '\\' && state.Peek(ahead + 1) is '\n' or '\r');
}
