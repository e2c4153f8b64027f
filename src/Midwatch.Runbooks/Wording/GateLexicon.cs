using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Wording;

/// <summary>Finds conditions in prose and the predicate that answers each. Data: <c>gates.yaml</c>.</summary>
internal sealed partial class GateLexicon
{
    private readonly ImmutableArray<(DataPattern Pattern, string Predicate, int Group)> _gates;
    private readonly DataPattern _questions;
    private readonly DataPattern _explains;
    private readonly ImmutableArray<DataPattern> _conditions;
    private readonly ImmutableArray<DataPattern> _asciiConditions;
    private readonly ImmutableArray<DataPattern> _otherConditions;

    public GateLexicon()
    {
        var data = DataFile.Read("Wording/Data/gates.yaml");
        _gates =
        [
            .. data.Maps("gates").Select(map =>
                (DataPattern.IgnoringCase(map.Required("pattern")), map.Required("predicate"),
                    map.Number("group") ?? 0)),
        ];
        // Scripts without spaces need other patterns, which cost much and are only tried where such text stands.
        _conditions = Conditions(data, language => language is not ("zh" or "ja" or "ko"));
        _asciiConditions = Conditions(data, language => language is not ("zh" or "ja" or "ko" or "ru"));
        _otherConditions = Conditions(data, language => language is "zh" or "ja" or "ko");
        _questions = DataPattern.IgnoringCase(data.Required("questions"));
        _explains = DataPattern.IgnoringCase(data.Required("explains"));
    }

    /// <summary>The condition in a sentence; null when it has none. "Check if …" asks and is none.</summary>
    public Gate? Find(string text, int line)
    {
        var conditions = Ascii.IsValid(text) ? _asciiConditions
            : text.AsSpan().ContainsAnyInRange('\u2E80', '\uD7FF') ? _otherConditions
            : _conditions;
        foreach (var match in Matches(conditions, text))
        {
            if (_questions.IsMatch(text[..match.Index]) || _explains.IsMatch(text[(match.Index + match.Length)..]))
            {
                continue;
            }

            var words = Arrow().Split(match.Value)[0].Trim().TrimEnd(':', ',', '.', '!').Trim();
            if (words.All(char.IsAsciiLetter))
            {
                // "When: …" names a field; it says nothing by itself.
                continue;
            }

            return new Gate(words, PredicateOf(words), line);
        }

        return null;
    }

    /// <summary>
    /// The condition of a sentence that leads to what follows it; "when" in its middle only tells of a time, and a
    /// clause of its own ("…; if it still writes, stop it") is about that clause only.
    /// </summary>
    public Gate? FindLeading(string sentence, int line)
    {
        if (Find(sentence, line) is not { } gate)
        {
            return null;
        }

        var at = sentence.IndexOf(gate.Text, StringComparison.Ordinal);
        return at > 0 && (gate.Text.StartsWith("when", StringComparison.OrdinalIgnoreCase)
            || (OwnClause().IsMatch(sentence[..at]) && sentence[(at + gate.Text.Length)..].StartsWith(',')))
            ? null
            : gate;
    }

    /// <summary>The predicate that answers a condition; null when none is known.</summary>
    public string? PredicateOf(string condition)
    {
        foreach (var (pattern, predicate, group) in _gates)
        {
            if (pattern.Match(condition) is { Success: true } match)
            {
                return group == 0
                    ? predicate
                    : predicate.Replace(
                        string.Create(CultureInfo.InvariantCulture, $"{{{group}}}"),
                        HeadingText.Slug(match.Groups[group].Value.Trim()),
                        StringComparison.Ordinal);
            }
        }

        return null;
    }

    /// <summary>The matches from left to right; where two begin, the pattern that stands first in the data.</summary>
    private static IEnumerable<Match> Matches(ImmutableArray<DataPattern> patterns, string text)
    {
        var start = 0;
        while (start <= text.Length)
        {
            var first = First(patterns, text, start);
            if (!first.Success)
            {
                yield break;
            }

            yield return first;
            start = first.Index + Math.Max(1, first.Length);
        }
    }

    private static Match First(ImmutableArray<DataPattern> patterns, string text, int start)
    {
        var first = Match.Empty;
        foreach (var pattern in patterns)
        {
            var match = pattern.Match(text, start);
            first = match.Success && (!first.Success || match.Index < first.Index) ? match : first;
        }

        return first;
    }

    private static ImmutableArray<DataPattern> Conditions(DataMap data, Func<string, bool> takes) =>
    [
        .. data.Maps("conditions")
            .Where(map => takes(map.Required("language")))
            .Select(map => DataPattern.IgnoringCase(map.Required("pattern"))),
    ];

    [GeneratedRegex(@"[;—–(]\s*((and|but|or|then)\s+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnClause();

    [GeneratedRegex(@"→|⇒|➜|-+>|=>", RegexOptions.CultureInvariant)]
    private static partial Regex Arrow();
}
