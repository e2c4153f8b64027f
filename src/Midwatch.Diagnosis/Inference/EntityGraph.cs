using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Inference;

/// <summary>Who needs whom, directly or not. Loops are allowed: their members are not upstream of each other.</summary>
internal sealed class EntityGraph
{
    private readonly ImmutableSortedDictionary<Subject, ImmutableSortedSet<Subject>> _needs;
    private readonly ImmutableSortedDictionary<Subject, ImmutableSortedSet<Subject>> _neededBy;
    private readonly ImmutableArray<GraphEdge> _edges;

    public EntityGraph(IEnumerable<Subject> entities, IEnumerable<GraphEdge> edges)
    {
        _edges = [.. edges.Where(edge => edge.From != edge.To)];
        Entities = [.. entities.Concat(_edges.SelectMany(edge => new[] { edge.From, edge.To }))];
        _needs = Entities.ToImmutableSortedDictionary(entity => entity,
            entity => Closure(entity, edge => edge.From, edge => edge.To));
        _neededBy = Entities.ToImmutableSortedDictionary(entity => entity,
            entity => Closure(entity, edge => edge.To, edge => edge.From));
    }

    public ImmutableSortedSet<Subject> Entities { get; }

    /// <summary>What the entity needs.</summary>
    public ImmutableSortedSet<Subject> Upstream(Subject entity) => _needs.GetValueOrDefault(entity, []);

    /// <summary>What needs the entity.</summary>
    public ImmutableSortedSet<Subject> Downstream(Subject entity) => _neededBy.GetValueOrDefault(entity, []);

    /// <summary>What the entity needs and what does not need it in turn.</summary>
    public ImmutableSortedSet<Subject> StrictlyUpstream(Subject entity) => Upstream(entity).Except(Downstream(entity));

    /// <summary>Services that send to the entity; of a Service, itself.</summary>
    public ImmutableSortedSet<Subject> Services(Subject entity)
    {
        var services =
            _edges.Where(edge => edge.Kind == GraphEdge.Endpoint && edge.To == entity).Select(edge => edge.From)
            .ToImmutableSortedSet();
        return entity.Kind == "service" ? services.Add(entity) : services;
    }

    /// <summary>The nodes that the entity's pods run on.</summary>
    public ImmutableSortedSet<Subject> Nodes(Subject entity) =>
        Upstream(entity).Where(other => other.Kind == "node").ToImmutableSortedSet();

    private ImmutableSortedSet<Subject> Closure(
        Subject start, Func<GraphEdge, Subject> from, Func<GraphEdge, Subject> to)
    {
        var next = _edges.ToLookup(from, to);
        var found = new HashSet<Subject>();
        var open = new Stack<Subject>([start]);
        while (open.TryPop(out var entity))
        {
            foreach (var other in next[entity].Where(found.Add))
            {
                open.Push(other);
            }
        }

        found.Remove(start);
        return [.. found];
    }
}
