using System.Collections.Immutable;
using Midwatch.Diagnosis.Data;
using Midwatch.Diagnosis.Observations;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Diagnosis.Causes;

/// <summary>Reads causes from their data files, and refuses what the closed lists do not know.</summary>
internal static class CauseReader
{
    public static ImmutableArray<Cause> ReadAll() =>
    [
        .. EmbeddedYaml.Load("Causes/").SelectMany(file => file.Records("causes").Select(Read))
            .OrderBy(cause => cause.Id, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Reads a predicate: a word (<c>recent-rollout</c>), <c>any</c>, <c>all</c>, <c>not</c>, or a pattern with its
    /// reach.
    /// </summary>
    public static Predicate ReadPredicate(YamlRecord file, YamlNode? node)
    {
        if (node is YamlScalarNode { Value: "recent-rollout" })
        {
            return new Predicate.RecentRollout();
        }

        if (node is not YamlMappingNode mapping)
        {
            throw file.Fault("a predicate is missing or unknown");
        }

        var item = file with { Node = mapping };
        if (item.Member("any") is YamlSequenceNode any)
        {
            return new Predicate.Any([.. any.Children.Select(child => ReadPredicate(item, child))]);
        }

        if (item.Member("all") is YamlSequenceNode all)
        {
            return new Predicate.All([.. all.Children.Select(child => ReadPredicate(item, child))]);
        }

        // With a type beside it, "not" lists the values that do not count.
        return item.Text("type") is null && item.Member("not") is { } inner
            ? new Predicate.Not(ReadPredicate(item, inner))
            : new Predicate.Observed(ReadPattern(item), ReadReach(item));
    }

    private static Cause Read(YamlRecord item) => new()
    {
        Id = item.Needed("id"),
        Title = item.Needed("title"),
        SubjectKinds =
        [
            .. item.Texts("subject").SelectMany(kind =>
                kind == "workload" ? [.. Subject.WorkloadKinds.Order(StringComparer.Ordinal), "pod"] : new[] { kind }),
        ],
        Severity = item.Number("severity"),
        Requires = Weighed(item, "requires"),
        Supports = Weighed(item, "supports"),
        Contradicts = Weighed(item, "contradicts"),
        Explains = [
            .. item.Records("explains").Select(one => new Explanation(ReadPattern(one), one.Flag("downstream")))],
        TreatedBy = Treatments(item, "treatedBy"),
        NotHelpedBy = Treatments(item, "notHelpedBy"),
    };

    private static ImmutableArray<WeighedPredicate> Weighed(YamlRecord item, string member) =>
    [
        .. item.Records(member).Select(one => new WeighedPredicate(
            ReadPredicate(one, one.Member("when")),
            member == "requires" ? 0 : one.Number("weight") is 1 or 2 or 4
                ? one.Number("weight") : throw one.Fault("a weight is 1, 2 or 4"),
            one.Needed("why"))),
    ];

    private static ImmutableArray<Treatment> Treatments(YamlRecord item, string member) =>
    [
        .. item.Records(member).Select(one => new Treatment(one.Needed("action"), one.Needed("because"))
        {
            Anywhere = one.Flag("anywhere"),
            Harms = one.Flag("harms"),
            NeedsRollout = one.Flag("rollout"),
            After = [.. one.Texts("after")],
        }),
    ];

    private static ObservationPattern ReadPattern(YamlRecord item)
    {
        var type = item.Needed("type");
        return ObservationTypes.Default.Find(type) is null
            ? throw item.Fault($"the observation type '{type}' is not in the closed list")
            : new(type, [.. item.Texts("keys")], [.. item.Texts("values")], [.. item.Texts("not")],
                item.Text("about") == "subject");
    }

    private static Reach ReadReach(YamlRecord item) => item.Text("reach") switch
    {
        null or "here" => Reach.Here,
        "upstream" => Reach.Upstream,
        "downstream" => Reach.Downstream,
        "services" => Reach.Services,
        "nodes" => Reach.Nodes,
        "namespace" => Reach.Namespace,
        var other => throw item.Fault($"the reach '{other}' is unknown"),
    };
}
