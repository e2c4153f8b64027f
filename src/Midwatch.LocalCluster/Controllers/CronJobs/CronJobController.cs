using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.CronJobs;

/// <summary>Makes Jobs by the clock (k8s.io/kubernetes/pkg/controller/cronjob).</summary>
internal sealed class CronJobController(ClusterWriter cluster, TimeProvider time) : IController
{
    public string Name => CronJobPass.Component;

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("batch", "cronjobs"))
        {
            return [key];
        }

        return key.Is("batch", "jobs") && Kinds.OwnerKey(change.Object, "CronJob", Kinds.CronJob) is { } owner
            ? [owner]
            : [];
    }

    public TimeSpan? Reconcile(ObjectKey key) =>
        cluster.Store.Get(key) is { IsBeingDeleted: false } cronJob
            ? new CronJobPass(cluster, cronJob, time.GetUtcNow()).Run()
            : null;
}
