using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Jobs;

/// <summary>
/// Runs pods to their end, as many and as often as a Job asks (k8s.io/kubernetes/pkg/controller/job).
/// </summary>
internal sealed class JobController(ClusterWriter cluster, TimeProvider time) : IController
{
    public string Name => JobPass.Component;

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("batch", "jobs"))
        {
            return [key];
        }

        return key.Is("", "pods") && Kinds.OwnerKey(change.Object, "Job", Kinds.Job) is { } owner ? [owner] : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { } job)
        {
            ReleaseOrphans(key);
            return null;
        }

        if (job.IsBeingDeleted)
        {
            Release(PodAdoption.Owned(cluster.Store, job));
            return null;
        }

        return JobStatus.Finish(job.Body) is null
            ? new JobPass(cluster, job, time.GetUtcNow()).Run()
            : AfterItsEnd(job);
    }

    // What comes too late to be counted is let go; with a time to live the Job itself goes too.
    private TimeSpan? AfterItsEnd(StoredObject job)
    {
        Release(PodAdoption.Owned(cluster.Store, job));
        if (JobSpec.Of(job.Body).TimeToLive is not { } life || JobStatus.FinishedAt(job.Body) is not { } end)
        {
            return null;
        }

        var left = end + life - time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            return left;
        }

        _ = cluster.Store.Delete(job.Key, new DeleteOptions(PropagationPolicy.Foreground, Uid: job.Uid));
        return null;
    }

    private void ReleaseOrphans(ObjectKey job) =>
        Release(cluster.Store.List("", "pods", job.Namespace)
            .Where(pod => Kinds.OwnerKey(pod, "Job", Kinds.Job) == job)
            .Select(pod => new PodFacts(pod)));

    private void Release(IEnumerable<PodFacts> pods)
    {
        foreach (var pod in pods.Where(JobPod.IsTracked))
        {
            _ = cluster.Mutate(pod.Source.Key, JobPod.Release);
        }
    }
}
