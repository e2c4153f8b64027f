namespace Midwatch.Shell.Syntax;

/// <summary>Reads bash.</summary>
public static class ShellParser
{
    /// <summary>Parses a text. Never throws on any text, never hangs, and reads nothing but its arguments.</summary>
    /// <returns>The tree up to the first error, and the error.</returns>
    public static ShellParseResult Parse(string text, ShellParserOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        return new ScriptParser(text, options).Parse();
    }
}
