using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>
/// Rolls Deployments out (k8s.io/kubernetes/pkg/controller/deployment): one step at a time, then its status.
/// </summary>
internal sealed class DeploymentController(ClusterWriter cluster, TimeProvider time) : IController
{
    public string Name => "deployment-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is(Kinds.Apps, "deployments"))
        {
            return [key];
        }

        // A Recreate rollout waits for the last old pod to be gone, which changes no ReplicaSet.
        if (key.Is("", "pods"))
        {
            return change.Type == StoreEventType.Deleted ? Of(change.Object) : [];
        }

        if (!key.Is(Kinds.Apps, "replicasets"))
        {
            return [];
        }

        return Ownership.Controller(change.Object.Body) is null
            ? PodAdoption.Wanting(cluster.Store, Kinds.Apps, "deployments", change.Object)
            : Kinds.OwnerKey(change.Object, "Deployment", Kinds.Deployment) is { } owner ? [owner] : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { } deployment)
        {
            return null;
        }

        var rollout = new Rollout(cluster, deployment, time.GetUtcNow());
        if (deployment.IsBeingDeleted)
        {
            rollout.WriteCounters();
            return null;
        }

        rollout.AdoptReplicaSets();
        if (rollout.NotePause())
        {
            // The condition's write brings this Deployment back here.
            return null;
        }

        if (deployment.Body.Flag("spec", "paused") || rollout.WasScaled())
        {
            rollout.Scale();
            return null;
        }

        return RolloutLimits.IsRecreate(deployment.Body) ? rollout.Recreate() : rollout.Roll();
    }

    private IEnumerable<ObjectKey> Of(StoredObject pod) =>
        Kinds.OwnerKey(pod, "ReplicaSet", Kinds.ReplicaSet) is { } set
        && cluster.Store.Get(set) is { } stored
        && Kinds.OwnerKey(stored, "Deployment", Kinds.Deployment) is { } owner
            ? [owner]
            : [];
}
