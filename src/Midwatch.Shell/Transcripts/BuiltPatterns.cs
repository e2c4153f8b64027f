using System.Text.RegularExpressions;

namespace Midwatch.Shell.Transcripts;

/// <summary>The expressions of this folder's data files as code, made when the project is built.</summary>
internal static partial class BuiltPatterns
{
    /// <summary>An expression that tells capitals from small letters.</summary>
    public static Regex Exact(string text) => Of("c" + text);

    /// <summary>An expression that looks at letters whatever their case.</summary>
    public static Regex IgnoringCase(string text) => Of("i" + text);

    private static Regex Of(string key) =>
        Built(key)
            ?? throw new InvalidOperationException($"'{key[1..]}' was not compiled in: eng/data/CompilePatterns.cs.");
}
