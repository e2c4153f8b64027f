using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Jobs;

/// <summary>
/// One pass over one unfinished Job: counts what ended, decides, starts or ends pods, writes the status.
/// </summary>
internal sealed class JobPass(ClusterWriter cluster, StoredObject job, DateTimeOffset now)
{
    public const string Component = "job-controller";

    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(1);

    private readonly JobSpec _spec = JobSpec.Of(job.Body);

    /// <summary>When to look again although nothing changes.</summary>
    public TimeSpan? Run()
    {
        var tally = Read();
        var status = JobStatus.Count(job.Body, _spec, tally);
        if (!_spec.IsSuspended && status["startTime"] is null)
        {
            status["startTime"] = KubernetesTime.Format(now);
        }

        var verdict = JobStatus.Pending(job.Body)
            ?? JobVerdict.Of(_spec, tally, status.Time("startTime"), now);
        TimeSpan? again = null;
        if (verdict is not null)
        {
            Conclude(status, tally, verdict);
        }
        else if (_spec.IsSuspended)
        {
            Suspend(status, tally);
        }
        else
        {
            Resume(status);
            again = Fit(tally);
        }

        Write(status, tally);
        return Sooner(again, verdict is null && !_spec.IsSuspended ? UntilDeadline(status) : null);
    }

    private JobTally Read() => JobTally.Of(job.Body, _spec, PodAdoption.Owned(cluster.Store, job));

    private void Conclude(JsonObject status, JobTally tally, JobVerdict verdict)
    {
        DeleteAll(tally.Active);
        JobStatus.Set(status, verdict.Interim, "True", verdict.Reason, verdict.Message, now);
        if (PodAdoption.Owned(cluster.Store, job).Any(pod => !pod.IsFinished))
        {
            return;
        }

        JobStatus.Set(status, verdict.Final, "True", verdict.Reason, verdict.Message, now);
        if (verdict.Succeeded)
        {
            status["completionTime"] = KubernetesTime.Format(now);
            cluster.Record(job, "Normal", "Completed", "Job completed", Component);
        }
        else
        {
            cluster.Record(job, "Warning", verdict.Reason, verdict.Message, Component);
        }
    }

    private void Suspend(JsonObject status, JobTally tally)
    {
        DeleteAll(tally.Active);
        _ = status.Remove("startTime");
        if (!JobStatus.Holds(job.Body, "Suspended"))
        {
            JobStatus.Set(status, "Suspended", "True", "JobSuspended", "Job suspended", now);
            cluster.Record(job, "Normal", "Suspended", "Job suspended", Component);
        }
    }

    private void Resume(JsonObject status)
    {
        if (JobStatus.Holds(job.Body, "Suspended"))
        {
            JobStatus.Set(status, "Suspended", "False", "JobResumed", "Job resumed", now);
            status["startTime"] = KubernetesTime.Format(now);
            cluster.Record(job, "Normal", "Resumed", "Job resumed", Component);
        }
    }

    /// <summary>Starts or ends pods up to the wanted number; answers when to try again.</summary>
    private TimeSpan? Fit(JobTally tally)
    {
        var wanted = Wanted(tally);
        if (tally.Active.Length > wanted)
        {
            DeleteAll(tally.Active.Order(new PodDeletionOrder(ImmutableDictionary<string, int>.Empty))
                .Take(tally.Active.Length - wanted));
            return null;
        }

        var missing = wanted - tally.Active.Length - (_spec.ReplaceOnlyFailed ? tally.Terminating.Length : 0);
        if (missing <= 0)
        {
            return null;
        }

        var wait = JobBackoff.Remaining(PodAdoption.Owned(cluster.Store, job), now);
        return wait > TimeSpan.Zero ? wait : Start(tally, missing) ? null : AfterRefusal;
    }

    private int Wanted(JobTally tally) => _spec.Completions is { } completions
        ? Math.Min(_spec.Parallelism, Math.Max(0, completions - tally.Succeeded - tally.FailedIndexes.Count))
        : tally.Succeeded > 0 ? tally.Active.Length : _spec.Parallelism;

    private bool Start(JobTally tally, int missing)
    {
        var indexes = _spec.IsIndexed ? FreeIndexes(tally) : null;
        for (var each = 0; each < missing && (indexes is null || each < indexes.Count); each++)
        {
            var pod = JobPod.Make(job.Body, indexes?[each]);
            if (cluster.CreatePod(job, pod, Component, static name => "Created pod: " + name).Refusal is not null)
            {
                return false;
            }
        }

        return true;
    }

    private List<int> FreeIndexes(JobTally tally)
    {
        var taken = tally.CompletedIndexes.Union(tally.FailedIndexes)
            .Union(tally.Active.Select(JobPod.Index).OfType<int>());
        return [.. Enumerable.Range(0, _spec.Completions ?? 0).Where(index => !taken.Contains(index))];
    }

    private void DeleteAll(IEnumerable<PodFacts> pods)
    {
        foreach (var pod in pods)
        {
            _ = cluster.DeletePod(job, pod.Source, Component, "Deleted pod: " + pod.Name);
        }
    }

    // The counts and the release of the pods that they stand for belong together. What this pass itself deleted is
    // counted by the next one.
    private void Write(JsonObject status, JobTally tally)
    {
        JobStatus.CountPods(status, PodAdoption.Owned(cluster.Store, job));
        cluster.WriteStatus(job.Key, status);
        foreach (var pod in tally.Newly)
        {
            _ = cluster.Mutate(pod.Source.Key, JobPod.Release);
        }
    }

    private TimeSpan? UntilDeadline(JsonObject status) =>
        _spec.Deadline is { } deadline && status.Time("startTime") is { } start
            ? TimeSpan.FromTicks(Math.Max(0, (start + deadline - now).Ticks))
            : null;

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) =>
        one is null ? other : other is null || one < other ? one : other;
}
