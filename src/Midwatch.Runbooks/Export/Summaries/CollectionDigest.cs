using System.Collections.Immutable;

namespace Midwatch.Runbooks.Export.Summaries;

/// <summary>The sum of many documents.</summary>
public sealed class CollectionDigest
{
    private readonly ImmutableArray<RunbookDigest> _runbooks;

    /// <summary>Sums some documents up.</summary>
    public CollectionDigest(ImmutableArray<RunbookDigest> runbooks) => _runbooks = runbooks;

    /// <summary>The documents in the order given.</summary>
    public ImmutableArray<RunbookDigest> Runbooks => _runbooks;

    /// <summary>All of their procedures.</summary>
    public int Procedures => _runbooks.Sum(each => each.Procedures);

    /// <summary>All alerts that open them.</summary>
    public int Alerts => _runbooks.Sum(each => each.Alerts);

    /// <summary>All branches.</summary>
    public int Scenarios => _runbooks.Sum(each => each.Scenarios);

    /// <summary>All steps that a person does.</summary>
    public int HumanSteps => _runbooks.Sum(each => each.HumanSteps);

    /// <summary>All commands by effect, in the order read, change, unknown, destroy.</summary>
    public ImmutableArray<int> Commands =>
        [.. Enumerable.Range(0, 4).Select(effect => _runbooks.Sum(each => each.Commands[effect]))];

    /// <summary>All commands that run inside a shell or prompt of another place.</summary>
    public int Inside => _runbooks.Sum(each => each.Inside);

    /// <summary>How many answers to alerts and failures have each part.</summary>
    public ImmutableArray<PartShare> Parts =>
    [
        .. _runbooks.SelectMany(each => each.Parts).GroupBy(part => part.Name)
            .Select(part => new PartShare(part.Key, part.Sum(each => each.Has), part.Sum(each => each.Of))),
    ];

    /// <summary>All errors.</summary>
    public int Errors => _runbooks.Sum(each => each.Errors);

    /// <summary>All warnings.</summary>
    public int Warnings => _runbooks.Sum(each => each.Warnings);

    /// <summary>All lines that hold anything.</summary>
    public int Lines => _runbooks.Sum(each => each.Lines);

    /// <summary>Those of them that were given no meaning.</summary>
    public int Unrecognised => _runbooks.Sum(each => each.Unrecognised);
}
