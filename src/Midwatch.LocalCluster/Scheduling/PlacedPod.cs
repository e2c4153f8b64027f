using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>One version of a pod as the scheduler looks at it: each time another pod looks for a node.</summary>
internal sealed class PlacedPod
{
    private readonly bool _isFinished;
    private readonly string? _node;
    private readonly string? _nominated;

    public PlacedPod(StoredObject source)
    {
        var facts = new PodFacts(source);
        Source = source;
        (_isFinished, _node) = (facts.IsFinished, facts.Node);
        _nominated = _node is null ? facts.Body.Text("status", "nominatedNodeName") : null;
        Priority = NodeFacts.Priority(facts.Body);
        Requests = PodRequests.Of(facts.Body);
        HostPorts = [.. HostPort.Of(facts.Body)];
        HasAntiAffinity = source.Mentions("\"podAntiAffinity\""u8);
    }

    public StoredObject Source { get; }

    public JsonObject Body => Source.Body;

    /// <summary>0 where it has no class.</summary>
    public long Priority { get; }

    /// <summary>As <see cref="PodRequests.Of"/>.</summary>
    public ImmutableSortedDictionary<string, BigInteger> Requests { get; }

    public ImmutableArray<HostPort> HostPorts { get; }

    /// <summary>It may mind others beside it.</summary>
    public bool HasAntiAffinity { get; }

    /// <summary>
    /// Where it holds room: on its node, or where others have to go for its sake, unless who asks is more important.
    /// </summary>
    public string? HoldsRoomOn(StoredObject seeker, long priority) =>
        _isFinished ? null
            : _node ?? (_nominated is not null && Source.Key != seeker.Key && Priority >= priority ? _nominated : null);
}
