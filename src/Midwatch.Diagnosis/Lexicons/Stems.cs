using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Midwatch.Diagnosis.Lexicons;

/// <summary>
/// Takes text apart into stems, so that "Pods CrashLooping", "the pod crash-loops" and "CrashLoopBackOff" share theirs.
/// Deliberately simple: both sides of every comparison go through it.
/// </summary>
internal static partial class Stems
{
    private const int LettersLeft = 3;

    // Longest first. "ss" is no plural.
    private static readonly ImmutableArray<string> Endings =
        ["ations", "ation", "ings", "ing", "ions", "ion", "able", "ures", "ure", "ed", "es", "s", "e"];

    public static ImmutableArray<string> Of(string text) =>
        [.. Word().Matches(Camel().Replace(text, " ")).Select(match => Stem(match.ValueSpan))];

    private static string Stem(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[Math.Min(word.Length, 64)];
        _ = word[..lower.Length].ToLowerInvariant(lower);
        if (lower.EndsWith("ies", StringComparison.Ordinal) && lower.Length > LettersLeft + 1)
        {
            return string.Concat(lower[..^3], "y");
        }

        foreach (var ending in Endings)
        {
            if (lower.EndsWith(ending, StringComparison.Ordinal) && lower.Length - ending.Length >= LettersLeft
                && !(ending == "s" && lower.EndsWith("ss", StringComparison.Ordinal)))
            {
                return WithoutDouble(lower[..^ending.Length]);
            }
        }

        return WithoutDouble(lower);
    }

    // scheduled, schedule; stopping, stop; pulled, pull: one stem each.
    private static string WithoutDouble(ReadOnlySpan<char> stem) =>
        stem.Length > LettersLeft && stem[^1] == stem[^2] ? stem[..^1].ToString() : stem.ToString();

    [GeneratedRegex("[A-Za-z]+|[0-9]+")]
    private static partial Regex Word();

    // CrashLoopBackOff, OOMKilled
    [GeneratedRegex("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")]
    private static partial Regex Camel();
}
