using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Wording;

/// <summary>What a list holds, as the sentence above it says.</summary>
internal enum ListMeaning
{
    /// <summary>Nothing is said.</summary>
    Untold,

    /// <summary>Causes.</summary>
    Causes,

    /// <summary>Signs of the failure.</summary>
    Signs,

    /// <summary>Places to look things up.</summary>
    Links,
}

/// <summary>
/// Tells what a sentence does: asks for something, announces a list, waits. Data: <c>sentences.yaml</c>.
/// </summary>
internal sealed partial class SentenceLexicon
{
    private readonly Regex _openings;
    private readonly FrozenSet<string> _verbs;
    private readonly Regex _asking;
    private readonly Regex _waits;
    private readonly Regex _causes;
    private readonly Regex _signs;
    private readonly Regex _samples;
    private readonly Regex _links;
    private readonly Regex _alerts;
    private readonly Regex _warnings;
    private readonly ImmutableArray<(Regex Pattern, FactKind Kind)> _facts;

    public SentenceLexicon()
    {
        var data = DataFile.Read("Wording/Data/sentences.yaml");
        _openings = Patterns.Make(data.Required("openings"));
        _verbs = data.Maps("verbs").SelectMany(map => map.Texts("words"))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _asking = Patterns.Make(
            string.Join('|', data.Maps("asking").Select(map => $"({map.Required("pattern")})")));
        _waits = Patterns.Make(data.Required("waits"));
        _causes = Patterns.Make(data.Required("causes"));
        _signs = Patterns.Make(data.Required("signs"));
        _samples = Patterns.Make(data.Required("samples"));
        _links = Patterns.Make(data.Required("links"));
        _warnings = Patterns.Make(data.Required("warnings"));
        _facts =
        [
            .. data.Maps("facts").Select(map => (Patterns.Make(map.Required("heading")),
                Enum.Parse<FactKind>(map.Required("kind"), ignoreCase: true))),
        ];
        _alerts = Patterns.Make(data.Required("alerts"));
    }

    /// <summary>Whether a sentence asks a person for something.</summary>
    public bool IsAction(string sentence)
    {
        var bare = Ornaments().Replace(sentence, "");
        if (Label().Match(bare) is { Success: true } label && IsAsked(bare[label.Length..]))
        {
            return true;
        }

        return IsAsked(bare) || (!IsLatin(bare) && _asking.IsMatch(bare.TrimEnd(' ', '.', '。', ':')));
    }

    /// <summary>Whether a sentence asks for a wait.</summary>
    public bool IsWait(string sentence) => _waits.IsMatch(_openings.Replace(sentence, ""));

    /// <summary>Whether a sentence announces output, a log or an example of it.</summary>
    public bool AnnouncesSample(string sentence) => _samples.IsMatch(sentence);

    /// <summary>Whether a sentence says when an alert fires.</summary>
    public bool TellsOfAlert(string sentence) => _alerts.IsMatch(sentence);

    /// <summary>What the list below a sentence holds.</summary>
    public ListMeaning Announces(string sentence) => _causes.IsMatch(sentence) ? ListMeaning.Causes
        : _signs.IsMatch(sentence) ? ListMeaning.Signs
        : _links.IsMatch(sentence) ? ListMeaning.Links
        : ListMeaning.Untold;

    /// <summary>Whether a line warns or admonishes.</summary>
    public bool IsWarning(string line) => _warnings.IsMatch(line);

    /// <summary>What the statements below a heading about background tell of; null for nothing known.</summary>
    public FactKind? FactOf(string heading)
    {
        foreach (var (pattern, kind) in _facts)
        {
            if (pattern.IsMatch(HeadingText.Bare(heading)))
            {
                return kind;
            }
        }

        return null;
    }

    private bool IsAsked(string sentence)
    {
        var bare = Condition().Replace(sentence, "");
        return BeginsWithVerb(bare) || BeginsWithVerb(_openings.Replace(bare, ""));
    }

    private bool BeginsWithVerb(string sentence) => _verbs.Contains(FirstWord().Match(sentence).Value);

    private static bool IsLatin(string text) => text.All(c => c < '\u2E80');

    [GeneratedRegex(@"^[\W_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Ornaments();

    [GeneratedRegex(@"^[\p{L}-]+", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"^[^:.]{2,40}:\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(
        @"^(if|when|once|after|before|in case|unless|to|wenn|falls|si|en cas|caso|se|если)\b[^,:]{2,200}[,:]\s*(then\s+)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Condition();
}
