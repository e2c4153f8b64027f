using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Inference;

/// <summary>
/// The evidence, put in an order that does not depend on how it arrived, with pods folded into the workloads that own
/// them.
/// </summary>
internal sealed class EvidenceIndex
{
    private const int OwnersMax = 8;

    private readonly FrozenDictionary<Subject, Subject> _owners;
    private readonly FrozenDictionary<Subject, ImmutableArray<Observation>> _observations;
    private readonly ILookup<string, ReadRecord> _reads;

    public EvidenceIndex(Evidence evidence)
    {
        Evidence = evidence;
        _owners = evidence.Graph.Edges.Where(edge => edge.Kind == GraphEdge.Owner)
            .GroupBy(edge => edge.From.Whole)
            .ToFrozenDictionary(group => group.Key, group => group.Min(edge => edge.To)!);
        _observations = evidence.Observations
            .OrderBy(one => one.Subject).ThenBy(one => one.Type, StringComparer.Ordinal)
            .ThenBy(one => one.Key, StringComparer.Ordinal).ThenBy(one => one.Value, StringComparer.Ordinal)
            .ThenBy(one => one.Source, StringComparer.Ordinal).ThenBy(one => one.Detail, StringComparer.Ordinal)
            .ThenBy(one => one.Since).ThenBy(one => one.TakenAt).ThenBy(one => one.Span?.Start)
            .ThenBy(one => one.IsFinding)
            .GroupBy(one => EntityOf(one.Subject))
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        _reads = evidence.Reads.ToLookup(read => read.Read, StringComparer.Ordinal);
        Graph = new EntityGraph(
            evidence.Graph.Nodes.Select(node => EntityOf(node.Subject)).Concat(_observations.Keys),
            evidence.Graph.Edges.Where(edge => edge.Kind != GraphEdge.Owner)
                .Select(edge => edge with { From = EntityOf(edge.From), To = EntityOf(edge.To) }));
        Nodes = evidence.Graph.Nodes.OrderBy(node => node.Subject).ToImmutableArray();
    }

    public Evidence Evidence { get; }

    public EntityGraph Graph { get; }

    /// <summary>The objects with their labels, before folding.</summary>
    public ImmutableArray<GraphNode> Nodes { get; }

    /// <summary>What a subject is part of in the end: a container's pod's workload, or itself.</summary>
    public Subject EntityOf(Subject subject)
    {
        var entity = subject.Whole;
        for (var i = 0; i < OwnersMax && _owners.TryGetValue(entity, out var owner); i++)
        {
            entity = owner;
        }

        return entity;
    }

    public ImmutableArray<Observation> Of(Subject entity) => _observations.GetValueOrDefault(entity, []);

    /// <summary>
    /// Why a type's absence at a subject cannot be told; null when it can: the read that would have shown it was made,
    /// and none for a part of the subject failed.
    /// </summary>
    public ReadRecord? Gap(string type, Subject entity)
    {
        var read = ObservationTypes.Default.Find(type)?.Read ?? type;
        var about = _reads[read]
            .Where(
                record => record.Namespace is null || record.Namespace == entity.Namespace || entity.Namespace is null)
            .Where(record => record.Name is null || record.Name == entity.Name || IsPart(record, entity))
            .ToArray();
        return about.Where(record => record.Outcome != ReadOutcome.Made)
            .OrderBy(record => record.Source, StringComparer.Ordinal)
                .FirstOrDefault()
            ?? (about.Length > 0
                ? null
                : new ReadRecord(read, entity.Namespace, entity.Name, read, ReadOutcome.Failed, "it was not read"));
    }

    /// <summary>
    /// The object that a value such as <c>service/cache</c> names, seen from a namespace; null when it names none.
    /// </summary>
    public static Subject? Named(string value, string? ns)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            return null;
        }

        // service/NAME or service/NAME.NAMESPACE
        var name = value[(slash + 1)..];
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? new Subject(value[..slash], ns, name)
            : new Subject(value[..slash], name[(dot + 1)..], name[..dot]);
    }

    /// <summary>Whether an observation names the subject, or a Service that sends to it.</summary>
    public bool Names(Observation observation, Subject entity)
    {
        if (Named(observation.Value, observation.Subject.Namespace) is not { } named)
        {
            return false;
        }

        var target = EntityOf(named);
        return target == entity || Graph.Services(entity).Contains(target);
    }

    private bool IsPart(ReadRecord record, Subject entity) =>
        record.Name is { } name && EntityOf(new Subject("pod", record.Namespace, name)) == entity;
}
