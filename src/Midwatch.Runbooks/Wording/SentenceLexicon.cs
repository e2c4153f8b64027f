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

    /// <summary>What the commands before it should show.</summary>
    Promises,

    /// <summary>People, or parts of the system.</summary>
    Names,
}

/// <summary>
/// Tells what a sentence does: asks for something, announces a list, waits. Data: <c>sentences.yaml</c>.
/// </summary>
internal sealed partial class SentenceLexicon
{
    private const int NameWordsMax = 6;

    private readonly DataPattern _openings;
    private readonly FrozenSet<string> _verbs;
    private readonly ImmutableArray<DataPattern> _asking;
    private readonly DataPattern _mending;
    private readonly DataPattern _waits;
    private readonly DataPattern _causes;
    private readonly DataPattern _signs;
    private readonly DataPattern _samples;
    private readonly DataPattern _links;
    private readonly DataPattern _promises;
    private readonly DataPattern _names;
    private readonly DataPattern _contacts;
    private readonly DataPattern _outputs;
    private readonly DataPattern _alerts;
    private readonly DataPattern _warnings;
    private readonly DataPattern _levels;
    private readonly DataPattern _descriptions;
    private readonly DataPattern _stuck;
    private readonly DataPattern _help;
    private readonly DataPattern _calls;
    private readonly DataPattern _statements;
    private readonly DataPattern _automatic;
    private readonly DataPattern _notes;
    private readonly ImmutableArray<(DataPattern Pattern, FactKind Kind)> _facts;
    private readonly FrozenDictionary<string, FieldMeaning> _fields;

    public SentenceLexicon()
    {
        var data = DataFile.Read("Wording/Data/sentences.yaml");
        _openings = DataPattern.IgnoringCase(data.Required("openings"));
        _verbs = data.Maps("verbs").SelectMany(map => map.Texts("words"))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _asking = [.. data.Maps("asking").Select(map => DataPattern.IgnoringCase(map.Required("pattern")))];
        _mending = DataPattern.IgnoringCase(data.Required("mending"));
        _waits = DataPattern.IgnoringCase(data.Required("waits"));
        _causes = DataPattern.IgnoringCase(data.Required("causes"));
        _signs = DataPattern.IgnoringCase(data.Required("signs"));
        _samples = DataPattern.IgnoringCase(data.Required("samples"));
        _links = DataPattern.IgnoringCase(data.Required("links"));
        _promises = DataPattern.IgnoringCase(data.Required("promises"));
        _names = DataPattern.IgnoringCase(data.Required("names"));
        _contacts = DataPattern.IgnoringCase(data.Required("contacts"));
        _outputs = DataPattern.IgnoringCase(data.Required("outputs"));
        _warnings = DataPattern.IgnoringCase(data.Required("warnings"));
        _levels = DataPattern.IgnoringCase(data.Required("levels"));
        _descriptions = DataPattern.IgnoringCase(data.Required("descriptions"));
        _stuck = DataPattern.IgnoringCase(data.Required("stuck"));
        _help = DataPattern.IgnoringCase(data.Required("help"));
        _calls = DataPattern.IgnoringCase(data.Required("calls"));
        _statements = DataPattern.IgnoringCase(data.Required("statements"));
        _automatic = DataPattern.IgnoringCase(data.Required("automatic"));
        _notes = DataPattern.IgnoringCase(data.Required("notes"));
        _facts =
        [
            .. data.Maps("facts").Select(map => (DataPattern.IgnoringCase(map.Required("heading")),
                Enum.Parse<FactKind>(map.Required("kind"), ignoreCase: true))),
        ];
        _fields = data.Maps("fields")
            .SelectMany(map => map.Texts("names").Select(name =>
                (name, Enum.Parse<FieldMeaning>(map.Required("meaning"), ignoreCase: true))))
            .ToFrozenDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal);
        _alerts = DataPattern.IgnoringCase(data.Required("alerts"));
    }

    /// <summary>Whether a sentence asks a person for something.</summary>
    public bool IsAction(string sentence)
    {
        var bare = Ornaments().Replace(sentence, "");
        if (_notes.IsMatch(bare) || Name().IsMatch(bare))
        {
            return false;
        }

        if (Label().Match(bare) is { Success: true } label && IsAsked(bare[label.Length..]))
        {
            return true;
        }

        if (IsAsked(bare))
        {
            return true;
        }

        var asked = bare.TrimEnd(' ', '.', '。', ':');
        return !IsLatin(bare) && _asking.Any(pattern => pattern.IsMatch(asked));
    }

    /// <summary>Whether a sentence asks for a change of what runs ("Raise the limit"), and not for a look.</summary>
    public bool IsMending(string sentence)
    {
        var bare = Ornaments().Replace(sentence, "");
        var asked = Condition().Replace(Label().Replace(bare, ""), "");
        return IsAction(sentence) && _mending.IsMatch(_openings.Without(asked));
    }

    /// <summary>Whether a sentence asks for a wait.</summary>
    public bool IsWait(string sentence) => _waits.IsMatch(_openings.Without(sentence));

    /// <summary>Whether a condition is that the reader's own means are used up ("you cannot resolve it").</summary>
    public bool IsStuck(string condition) => _stuck.IsMatch(condition);

    /// <summary>Whether what follows a condition turns to other people.</summary>
    public bool TurnsToOthers(string text) => _help.IsMatch(text);

    /// <summary>Whether a sentence about escalation says that somebody is called.</summary>
    public bool IsCall(string sentence) => _calls.IsMatch(sentence);

    /// <summary>Whether a sentence begins as a statement of what is there or will be seen, and asks nothing.</summary>
    public bool IsStatement(string sentence) => _statements.IsMatch(sentence);

    /// <summary>Whether a sentence says what will be by itself under a condition: that is no order.</summary>
    public bool IsAutomatic(string sentence) => _automatic.IsMatch(sentence);

    /// <summary>Whether a sentence announces output, a log or an example of it.</summary>
    public bool AnnouncesSample(string sentence) => _samples.IsMatch(sentence);

    /// <summary>Whether a heading or the line above a block is nothing but "Expected output".</summary>
    public bool HeadsOutput(string words) => _outputs.IsMatch(words);

    /// <summary>Whether a heading or the line above a list announces people, or parts of the system.</summary>
    public bool HeadsNames(string words) => _names.IsMatch(words);

    /// <summary>
    /// Whether an item only names somebody or something: a label with a number, an address or a link, the name of a
    /// file or part; few words where the list is said to hold names.
    /// </summary>
    public bool IsName(string item, ListMeaning meaning) => _contacts.IsMatch(item)
        || (meaning == ListMeaning.Names && item.Split(' ').Length <= NameWordsMax
            && item[^1] is not ('.' or '!' or '?' or '。'));

    /// <summary>Whether a sentence says when an alert fires.</summary>
    public bool TellsOfAlert(string sentence) => _alerts.IsMatch(sentence);

    /// <summary>What the list below a sentence holds.</summary>
    public ListMeaning Announces(string sentence) => _promises.IsMatch(sentence) ? ListMeaning.Promises
        : _causes.IsMatch(sentence) ? ListMeaning.Causes
        : _signs.IsMatch(sentence) ? ListMeaning.Signs
        : _links.IsMatch(sentence) ? ListMeaning.Links
        : _names.IsMatch(sentence) ? ListMeaning.Names
        : ListMeaning.Untold;

    /// <summary>Whether a line warns or admonishes.</summary>
    public bool IsWarning(string line) => _warnings.IsMatch(line);

    /// <summary>What a field of a document's head ("Severity: critical") says.</summary>
    /// <param name="name">Its name in lower case.</param>
    public FieldMeaning FieldOf(string name) => _fields.GetValueOrDefault(name);

    /// <summary>
    /// How bad an alert is, and when it fires, as an item below "Descriptions" says it; null for none.
    /// </summary>
    public (string Level, string Condition)? LevelOf(string heading, string line) =>
        _descriptions.IsMatch(HeadingText.Bare(heading)) && _levels.Match(line) is { Success: true } match
            ? (match.Groups["level"].Value, match.Groups["rest"].Value)
            : null;

    /// <summary>What the statements below a heading about background tell of; null for nothing known.</summary>
    public FactKind? FactOf(string heading)
    {
        var bare = HeadingText.Bare(heading);
        foreach (var (pattern, kind) in _facts)
        {
            if (pattern.IsMatch(bare))
            {
                return kind;
            }
        }

        return null;
    }

    private bool IsAsked(string sentence)
    {
        var bare = Condition().Replace(sentence, "");
        return BeginsWithVerb(bare) || BeginsWithVerb(_openings.Without(bare));
    }

    private bool BeginsWithVerb(string sentence) => _verbs.Contains(FirstWord().Match(sentence).Value);

    private static bool IsLatin(string text) => text.All(c => c < '\u2E80');

    [GeneratedRegex(@"^[\W_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Ornaments();

    /// <summary>"read" alone in a list of names is a name.</summary>
    [GeneratedRegex("^[a-z][a-z-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[\p{L}-]+", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"^[^:.]{2,40}:\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(
        @"^(if|when|once|after|before|in case|unless|to|wenn|falls|si|en cas|caso|se|если)\b[^,:]{2,200}[,:]\s*(then\s+)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Condition();
}
