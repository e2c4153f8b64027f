namespace Midwatch.Shell.Syntax;

/// <summary>Which characters mean what to bash's lexer.</summary>
internal static class ShellCharacters
{
    public static bool IsBlank(char c) => c is ' ' or '\t';

    /// <summary>POSIX 2.3: what ends an unquoted word.</summary>
    public static bool IsMeta(char c) =>
        c is ' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')' or '\0';

    /// <summary>What makes an extended glob of the parenthesis behind it.</summary>
    public static bool IsGlobOperator(char c) => c is '?' or '*' or '+' or '@' or '!';

    public static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    public static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    public static bool IsSpecialParameter(char c) => c is '@' or '*' or '#' or '?' or '-' or '$' or '!';

    public static bool IsName(ReadOnlySpan<char> text) =>
        !text.IsEmpty && IsNameStart(text[0]) && !text.ContainsAnyExcept(NameCharacters);

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
