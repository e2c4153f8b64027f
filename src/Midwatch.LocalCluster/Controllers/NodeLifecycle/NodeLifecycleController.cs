using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.NodeLifecycle;

/// <summary>
/// Notices nodes that fall silent, taints them, and says that their pods are not ready any more
/// (k8s.io/kubernetes/pkg/controller/nodelifecycle).
/// </summary>
/// <param name="grace">How long a node may be silent; Kubernetes waits 50 s (--node-monitor-grace-period).</param>
internal sealed class NodeLifecycleController(ClusterWriter cluster, TimeProvider time, TimeSpan grace) : IController
{
    public static readonly TimeSpan GraceDefault = TimeSpan.FromSeconds(50);

    private readonly HashSet<string> _registered = [];

    public string Name => "node-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("", "nodes"))
        {
            return [key];
        }

        return key.Is("coordination.k8s.io", "leases") && key.Namespace == "kube-node-lease"
            ? [new ObjectKey("", "nodes", null, key.Name)]
            : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { } node)
        {
            return null;
        }

        if (_registered.Add(node.Uid))
        {
            cluster.Record(
                node, "Normal", "RegisteredNode",
                $"Node {key.Name} event: Registered Node {key.Name} in Controller", Name);
            var taken = cluster.Store.List("", "nodes", null)
                .Select(other => other.Body.Text("spec", "podCIDR")).OfType<string>().ToHashSet(StringComparer.Ordinal);
            _ = cluster.Mutate(key, body => NodeDress.Complete(body, taken));
            _ = cluster.Store.Mutate(key, NodeDress.Shape);
        }

        var now = time.GetUtcNow();
        var left = LastSign(node) + grace - now;
        var wasReady = NodeHealth.Ready(node.Body) == "True";
        var written = cluster.Mutate(key, body =>
        {
            if (left <= TimeSpan.Zero)
            {
                NodeHealth.SetUnknown(body, now);
            }

            NodeHealth.SetTaints(body, now);
        });
        if (written.Written is { } after && NodeHealth.Ready(after.Body) != "True")
        {
            if (wasReady)
            {
                cluster.Record(node, "Normal", "NodeNotReady", $"Node {key.Name} status is now: NodeNotReady", Name);
            }

            MarkPods(key.Name, now);
        }

        return left > TimeSpan.Zero ? left : null;
    }

    private DateTimeOffset LastSign(StoredObject node)
    {
        var lease = cluster.Store.Get(new ObjectKey("coordination.k8s.io", "leases", "kube-node-lease", node.Key.Name));
        var heard = Conditions.Find(node.Body.At("status"), "Ready").Time("lastHeartbeatTime");
        var renewed = lease?.Body.Time("spec", "renewTime");
        return (heard > renewed ? heard : renewed) ?? heard ?? node.Body.Time("metadata", "creationTimestamp")
            ?? time.GetUtcNow();
    }

    private void MarkPods(string node, DateTimeOffset now)
    {
        foreach (var pod in cluster.Store.List("", "pods", null).Select(pod => new PodFacts(pod)))
        {
            if (pod.Node != node || !pod.IsReady)
            {
                continue;
            }

            _ = cluster.Mutate(pod.Source.Key, body =>
            {
                // Whatever else the condition says stays.
                var ready = Conditions.Find(body.Need("status"), "Ready")!;
                ready["status"] = "False";
                ready["lastTransitionTime"] = KubernetesTime.Format(now);
            });
            cluster.Record(pod.Source, "Warning", "NodeNotReady", "Node is not ready", Name);
        }
    }
}
