using System.Collections.Immutable;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>
/// What the scheduler found out about pods before: of most nothing has changed when the next one comes.
/// </summary>
internal sealed class PlacedPods(ObjectStore store)
{
    private Dictionary<ObjectKey, PlacedPod> _known = [];

    /// <summary>
    /// All nodes with the pods bound to them that still hold resources, and those for whose sake others had to go.
    /// </summary>
    /// <param name="seeker">The pod that looks for a node: what is kept for less important ones it may take.</param>
    public ImmutableArray<NodeFacts> Nodes(StoredObject seeker)
    {
        var priority = NodeFacts.Priority(seeker.Body);
        var pods = store.List("", "pods", null);
        var present = new Dictionary<ObjectKey, PlacedPod>(pods.Length);
        var byNode = new Dictionary<string, ImmutableArray<PlacedPod>.Builder>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            var placed = _known.TryGetValue(pod.Key, out var known) && known.Source == pod ? known : new PlacedPod(pod);
            present.Add(pod.Key, placed);
            if (placed.HoldsRoomOn(seeker, priority) is not { } node)
            {
                continue;
            }

            if (!byNode.TryGetValue(node, out var there))
            {
                byNode[node] = there = ImmutableArray.CreateBuilder<PlacedPod>();
            }

            there.Add(placed);
        }

        _known = present;
        return
        [
            .. store.List("", "nodes", null).Select(node => new NodeFacts(
                node, byNode.TryGetValue(node.Key.Name, out var there) ? there.ToImmutable() : [])),
        ];
    }
}
