using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Data;

/// <summary>
/// A regular expression of the data that cannot run away. Most texts are short: for them a pattern of the project's own
/// is code, made ahead of time. Long texts, long gaps and patterns of a user go to an automaton, which is dear to build
/// and linear in time.
/// </summary>
/// <remarks>Both give the same matches. Nothing is built before it is needed.</remarks>
internal sealed class DataPattern
{
    // What a backtracking expression of the data can do at worst on such a text is some milliseconds.
    private const int ShortMax = 600;
    private const string Gap = "                                ";
    private readonly Lazy<Regex?> _built;
    private readonly Lazy<Regex> _linear;

    private DataPattern(string text, bool ignoresCase)
    {
        _built = new Lazy<Regex?>(() => BuiltPatterns.Find((ignoresCase ? "i" : "c") + text));
        _linear = new Lazy<Regex>(() => new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
            | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None)));
    }

    /// <summary>A pattern that looks at letters whatever their case.</summary>
    public static DataPattern IgnoringCase(string text) => new(text, ignoresCase: true);

    /// <summary>A pattern that tells capitals from small letters.</summary>
    public static DataPattern Exact(string text) => new(text, ignoresCase: false);

    /// <summary>Whether the pattern is found.</summary>
    public bool IsMatch(string text) => For(text).IsMatch(text);

    /// <summary>The first match from a place on.</summary>
    public Match Match(string text, int start = 0) => For(text).Match(text, start);

    /// <summary>The text without what matches.</summary>
    public string Without(string text) => For(text).Replace(text, "");

    private Regex For(string text) =>
        text.Length <= ShortMax && !text.Contains(Gap, StringComparison.Ordinal) && _built.Value is { } built
            ? built
            : _linear.Value;
}
