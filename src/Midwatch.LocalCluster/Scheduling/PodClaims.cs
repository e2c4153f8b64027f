using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Controllers.Volumes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>The claims of a pod, some of which wait for the pod's node before they get a volume.</summary>
internal sealed class PodClaims(ClusterWriter cluster, StoredObject pod)
{
    public JsonObject? Find(string name) => cluster.Store.Get(Key(name))?.Body;

    public bool WaitsForPod(JsonObject claim) => ClaimClass.Of(cluster.Store, claim) is { WaitsForPod: true };

    /// <summary>
    /// Tells the claims that wait which node it is; true when there are none (any more), so that the pod may go there.
    /// </summary>
    public bool Choose(string node)
    {
        var waiting = pod.Body.Items("spec", "volumes")
            .Select(volume => volume.Text("persistentVolumeClaim", "claimName")).OfType<string>()
            .Where(name => Find(name).Text("status", "phase") != "Bound").ToImmutableArray();
        foreach (var name in waiting)
        {
            _ = cluster.Mutate(Key(name), body =>
                body.Need("metadata", "annotations")[ClaimClass.SelectedNode] ??= node);
        }

        return waiting.IsEmpty;
    }

    private ObjectKey Key(string claim) => new("", "persistentvolumeclaims", pod.Key.Namespace, claim);
}
