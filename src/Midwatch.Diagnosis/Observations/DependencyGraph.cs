using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Observations;

/// <summary>Who needs whom, in and around the scope.</summary>
public sealed record DependencyGraph(ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphEdge> Edges)
{
    /// <summary>A graph of nothing.</summary>
    public static DependencyGraph Empty { get; } = new([], []);
}
