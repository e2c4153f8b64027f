using System.Collections.Immutable;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Wording;

/// <summary>Tells what a heading's section is for. Data: <c>headings.yaml</c>.</summary>
internal sealed class HeadingLexicon
{
    private readonly ImmutableArray<(Phase Phase, DataPattern Pattern)> _phases;
    private readonly ImmutableArray<(Phase Phase, DataPattern Pattern)> _verbs;
    private readonly DataPattern _branches;
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
        _phases = Read(data.Maps("phases"));
        _verbs = Read(data.Maps("verbs"));
        _branches = DataPattern.IgnoringCase(data.Required("branches"));
        _steps = DataPattern.IgnoringCase(data.Required("steps"));
        _containers = DataPattern.IgnoringCase(data.Required("containers"));
        _operations = DataPattern.IgnoringCase(data.Required("operations"));
        _responses = DataPattern.IgnoringCase(data.Required("responses"));
        _spoken = DataPattern.IgnoringCase(data.Required("spoken"));
        _asides = DataPattern.IgnoringCase(data.Required("asides"));
        _afterwards = DataPattern.IgnoringCase(data.Required("afterwards"));
    }

    /// <summary>The phase that a heading names; null when its words tell nothing.</summary>
    public Phase? PhaseOf(string title)
    {
        var bare = HeadingText.Bare(title);
        return Find(_phases, bare) is { } phase && !(phase == Phase.Resolve && _afterwards.IsMatch(bare))
            ? phase
            : null;
    }

    /// <summary>The phase that the first word of a step's heading tells; null for none.</summary>
    public Phase? VerbOf(string title) => Find(_verbs, HeadingText.Bare(title));

    /// <summary>Whether a heading names a branch of its own.</summary>
    public bool IsBranch(string heading) => _branches.IsMatch(heading) && !_steps.IsMatch(heading);

    /// <summary>Whether the headings below are branches although they are not marked so.</summary>
    public bool HoldsBranches(string title) => _containers.IsMatch(HeadingText.Bare(title));

    /// <summary>Whether a title speaks of routine work.</summary>
    public bool IsOperation(string title) => _operations.IsMatch(HeadingText.Bare(title));

    /// <summary>Whether a section holds the first steps of a response, looking and acting alike.</summary>
    public bool BeginsResponse(string title) => _responses.IsMatch(HeadingText.Bare(title));

    /// <summary>Whether the whole heading names background or a place to look things up, wherever it stands.</summary>
    public bool IsAside(string title) => _asides.IsMatch(HeadingText.Bare(title));

    /// <summary>Whether a line that ends with a colon is a heading in all but form ("How to fix it:").</summary>
    public bool IsSpoken(string line) => _spoken.IsMatch(HeadingText.Bare(line));

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
