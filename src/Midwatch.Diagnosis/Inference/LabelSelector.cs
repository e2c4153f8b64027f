using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Midwatch.Diagnosis.Inference;

/// <summary>Label selectors as kubectl takes them: <c>a=b,c!=d,e in (f,g),h,!i</c>.</summary>
internal static partial class LabelSelector
{
    /// <summary>
    /// Whether the labels match. A selector that is empty, or holds a placeholder, matches nothing: it names no set.
    /// </summary>
    public static bool Matches(string? selector, ImmutableSortedDictionary<string, string> labels)
    {
        if (string.IsNullOrWhiteSpace(selector) || selector.AsSpan().ContainsAny("<>${}"))
        {
            return false;
        }

        var terms = Term().Matches(selector);
        return terms.Count > 0 && terms.All(term => Holds(term, labels));
    }

    private static bool Holds(Match term, ImmutableSortedDictionary<string, string> labels)
    {
        var value = labels.GetValueOrDefault(term.Groups["key"].Value);
        if (term.Groups["absent"].Success)
        {
            return value is null;
        }

        if (term.Groups["set"].Success)
        {
            var isMember = value is not null
                && term.Groups["set"].Value.Split(',', StringSplitOptions.TrimEntries)
                    .Contains(value, StringComparer.Ordinal);
            return isMember == (term.Groups["in"].Value == "in");
        }

        return term.Groups["op"].Value switch
        {
            "!=" => value != term.Groups["value"].Value,
            "" => value is not null,
            _ => value == term.Groups["value"].Value,
        };
    }

    [GeneratedRegex(
        @"(?<absent>!)?(?<key>[\w./-]+)\s*(?:(?<in>in|notin)\s*\((?<set>[^)]*)\)|(?<op>==|=|!=)\s*(?<value>[\w.-]*))?\s*(?:,|$)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Term();
}
