using System.Collections.Immutable;
using System.Text;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Wording;

/// <summary>Tells what a heading's section is for. Data: <c>headings.yaml</c>.</summary>
/// <remarks>Bare words are those of <see cref="HeadingText.Bare"/>.</remarks>
internal sealed class HeadingLexicon
{
    private readonly ImmutableArray<(Phase Phase, DataPattern Pattern)> _phases;
    private readonly ImmutableArray<(Phase Phase, DataPattern Pattern)> _englishPhases;
    private readonly ImmutableArray<(Phase Phase, DataPattern Pattern)> _latinPhases;
    private readonly DataPattern _anyLatin;
    private readonly ImmutableArray<(Phase Phase, DataPattern Pattern)> _verbs;
    private readonly DataPattern _branches;
    private readonly DataPattern _numbered;
    private readonly DataPattern _steps;
    private readonly DataPattern _containers;
    private readonly DataPattern _operations;
    private readonly DataPattern _responses;
    private readonly DataPattern _asides;
    private readonly DataPattern _spoken;
    private readonly DataPattern _afterwards;

    public HeadingLexicon()
    {
        var data = DataFile.Read("Wording/Data/headings.yaml");
        var phases = data.Maps("phases");
        _phases = Read(phases);
        _englishPhases = Read(phases.RemoveAll(map => map.Text("language") is not null));
        _latinPhases = Read(phases.RemoveAll(map => !IsOtherLatin(map)));
        _anyLatin = DataPattern.IgnoringCase(AnyLatin(phases));
        _verbs = Read(data.Maps("verbs"));
        _branches = DataPattern.IgnoringCase(data.Required("branches"));
        _numbered = DataPattern.IgnoringCase(data.Required("numbered"));
        _steps = DataPattern.IgnoringCase(data.Required("steps"));
        _containers = DataPattern.IgnoringCase(data.Required("containers"));
        _operations = DataPattern.IgnoringCase(data.Required("operations"));
        _responses = DataPattern.IgnoringCase(data.Required("responses"));
        _spoken = DataPattern.IgnoringCase(data.Required("spoken"));
        _asides = DataPattern.IgnoringCase(data.Required("asides"));
        _afterwards = DataPattern.IgnoringCase(data.Required("afterwards"));
    }

    /// <summary>The phase that a heading names; null when its words tell nothing.</summary>
    public Phase? PhaseOf(string bare) =>
        Named(bare) is { } phase && !(phase == Phase.Resolve && _afterwards.IsMatch(bare)) ? phase : null;

    /// <summary>The phase that the first word of a step's heading tells; null for none.</summary>
    public Phase? VerbOf(string bare) => Find(_verbs, bare);

    /// <summary>Whether a heading names a branch of its own.</summary>
    public bool IsBranch(string heading) =>
        (_branches.IsMatch(heading) || _numbered.IsMatch(heading)) && !_steps.IsMatch(heading);

    /// <summary>Whether the headings below are branches although they are not marked so.</summary>
    public bool HoldsBranches(string title) => _containers.IsMatch(HeadingText.Bare(title));

    /// <summary>Whether a title speaks of routine work.</summary>
    public bool IsOperation(string title) => _operations.IsMatch(HeadingText.Bare(title));

    /// <summary>Whether a section holds the first steps of a response, looking and acting alike.</summary>
    public bool BeginsResponse(string title) => _responses.IsMatch(HeadingText.Bare(title));

    /// <summary>Whether the whole heading names background or a place to look things up, wherever it stands.</summary>
    public bool IsAside(string bare) => _asides.IsMatch(bare);

    /// <summary>Whether a line that ends with a colon is a heading in all but form ("How to fix it:").</summary>
    public bool IsSpoken(string line) => _spoken.IsMatch(HeadingText.Bare(line));

    /// <summary>
    /// One expression for all languages of Latin letters but English: most headings match none, and are asked once.
    /// </summary>
    internal static string AnyLatin(ImmutableArray<DataMap> phases) =>
        string.Join('|', phases.Where(IsOtherLatin).Select(map => $"(?:{map.Required("pattern")})"));

    // A language that is new in the data counts until it is named here: that costs time and loses nothing.
    private static bool IsOtherLatin(DataMap map) =>
        map.Text("language") is not (null or "zh" or "ja" or "ko" or "ru");

    /// <summary>English stands first in the data, and no pattern of another script matches ASCII.</summary>
    private Phase? Named(string bare) => !Ascii.IsValid(bare)
        ? Find(_phases, bare)
        : Find(_englishPhases, bare) ?? (_anyLatin.IsMatch(bare) ? Find(_latinPhases, bare) : null);

    private static Phase? Find(ImmutableArray<(Phase Phase, DataPattern Pattern)> list, string text)
    {
        foreach (var (phase, pattern) in list)
        {
            if (pattern.IsMatch(text))
            {
                return phase;
            }
        }

        return null;
    }

    private static ImmutableArray<(Phase Phase, DataPattern Pattern)> Read(ImmutableArray<DataMap> maps) =>
        [.. maps.Select(map => (Enum.Parse<Phase>(map.Required("phase"), ignoreCase: true),
            DataPattern.IgnoringCase(map.Required("pattern"))))];
}
