using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers.Jobs;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.CronJobs;

/// <summary>One pass over one CronJob: notes what ended, forgets old Jobs, starts the one that is due.</summary>
internal sealed class CronJobPass(ClusterWriter cluster, StoredObject cronJob, DateTimeOffset now)
{
    public const string Component = "cronjob-controller";

    private const string ScheduledAnnotation = "batch.kubernetes.io/cronjob-scheduled-timestamp";
    private const int ManyMissed = 100;

    // The timer may fire a moment early.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);

    private readonly JsonObject _status = cronJob.Body.At("status")?.DeepClone() as JsonObject ?? [];

    /// <summary>How long until the next time.</summary>
    public TimeSpan? Run()
    {
        var jobs = Owned();
        NoteEnds(jobs);
        Forget(jobs);
        var next = StartDue();
        cluster.WriteStatus(cronJob.Key, _status);
        return next;
    }

    private ImmutableArray<StoredObject> Owned() =>
    [
        .. cluster.Store.List("batch", "jobs", cronJob.Key.Namespace)
            .Where(job => Ownership.IsControlledBy(job.Body, cronJob.Uid)),
    ];

    private void NoteEnds(ImmutableArray<StoredObject> jobs)
    {
        foreach (var job in jobs)
        {
            var (isKnown, end) = (IsActive(job.Uid), JobStatus.Finish(job.Body));
            if (!isKnown && end is null)
            {
                cluster.Record(cronJob, "Warning", "UnexpectedJob",
                    "Saw a job that the controller did not create or forgot: " + job.Key.Name, Component);
            }
            else if (isKnown && end is not null)
            {
                RemoveActive(job.Uid);
                cluster.Record(cronJob, "Normal", "SawCompletedJob",
                    $"Saw completed job: {job.Key.Name}, condition: {end}", Component);
            }

            if (end == "Complete" && job.Body.Text("status", "completionTime") is { } completed
                && string.CompareOrdinal(completed, _status.Text("lastSuccessfulTime") ?? "") > 0)
            {
                _status["lastSuccessfulTime"] = completed;
            }
        }

        foreach (var gone in Active().Where(each => jobs.All(job => job.Uid != each.Text("uid"))).ToList())
        {
            cluster.Record(cronJob, "Normal", "MissingJob",
                "Active job went missing: " + gone.Text("name"), Component);
            RemoveActive(gone.Text("uid") ?? "");
        }
    }

    private void Forget(ImmutableArray<StoredObject> jobs)
    {
        Prune("Complete", "successfulJobsHistoryLimit", 3);
        Prune("Failed", "failedJobsHistoryLimit", 1);

        void Prune(string end, string limit, long standard)
        {
            var ended = jobs.Where(job => JobStatus.Finish(job.Body) == end && !job.IsBeingDeleted)
                .OrderBy(job => job.Body.Text("status", "startTime"), StringComparer.Ordinal)
                .ThenBy(job => job.Key.Name, StringComparer.Ordinal).ToList();
            var kept = cronJob.Body.Number("spec", limit) ?? standard;
            foreach (var job in ended.Take((int)Math.Max(0, ended.Count - kept)))
            {
                Delete(job);
            }
        }
    }

    private TimeSpan? StartDue()
    {
        if (cronJob.Body.Flag("spec", "suspend"))
        {
            return null;
        }

        var (plan, error) = CronJobPlan.Of(cronJob.Body, now);
        if (plan is null)
        {
            cluster.Record(cronJob, "Warning", "UnparseableSchedule",
                $"unparseable schedule: {cronJob.Body.Text("spec", "schedule")} : {error}", Component);
            return null;
        }

        if (plan.Missed > ManyMissed)
        {
            cluster.Record(cronJob, "Warning", "TooManyMissedTimes",
                "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew",
                Component);
        }

        if (plan.Due is { } due && MayStart())
        {
            Start(due);
        }

        return plan.Next is { } next ? next - now + Slack : null;
    }

    private bool MayStart()
    {
        var active = Active().ToList();
        if (active.Count == 0)
        {
            return true;
        }

        switch (cronJob.Body.Text("spec", "concurrencyPolicy"))
        {
            case "Forbid":
                cluster.Record(cronJob, "Normal", "JobAlreadyActive",
                    "Not starting job because prior execution is running and concurrency policy is Forbid", Component);
                return false;
            case "Replace":
                foreach (var job in Owned().Where(job => IsActive(job.Uid)))
                {
                    Delete(job);
                    RemoveActive(job.Uid);
                }

                return true;
            default:
                return true;
        }
    }

    private void Start(DateTimeOffset due)
    {
        var minutes = due.ToUnixTimeSeconds() / 60;
        var name = string.Create(CultureInfo.InvariantCulture, $"{cronJob.Key.Name}-{minutes}");
        var result = cluster.Create(Kinds.Job(cronJob.Key.Namespace, name), Job(name, due));
        if (result is StoreResult.Done { Object: var job })
        {
            cluster.Record(cronJob, "Normal", "SuccessfulCreate", "Created job " + name, Component);
            ActiveList().Add((JsonNode)new JsonObject
            {
                ["apiVersion"] = "batch/v1",
                ["kind"] = "Job",
                ["name"] = name,
                ["namespace"] = cronJob.Key.Namespace,
                ["resourceVersion"] = job.Body.Text("metadata", "resourceVersion"),
                ["uid"] = job.Uid,
            });
        }

        _status["lastScheduleTime"] = KubernetesTime.Format(due);
    }

    private JsonObject Job(string name, DateTimeOffset due)
    {
        var template = cronJob.Body.At("spec", "jobTemplate");
        var annotations = template.At("metadata", "annotations")?.DeepClone() as JsonObject ?? [];
        annotations[ScheduledAnnotation] = KubernetesTime.Format(due);
        return new JsonObject
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "Job",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = cronJob.Key.Namespace,
                ["labels"] = template.At("metadata", "labels")?.DeepClone() ?? new JsonObject(),
                ["annotations"] = annotations,
                ["ownerReferences"] = new JsonArray(Ownership.Reference(cronJob.Body)),
            },
            ["spec"] = template.At("spec")?.DeepClone(),
        };
    }

    private void Delete(StoredObject job)
    {
        if (cluster.Store.Delete(job.Key, new DeleteOptions(Uid: job.Uid)) is StoreResult.Done or StoreResult.Removed)
        {
            cluster.Record(cronJob, "Normal", "SuccessfulDelete", "Deleted job " + job.Key.Name, Component);
        }
    }

    private IEnumerable<JsonObject> Active() => _status.Items("active");

    private bool IsActive(string uid) => Active().Any(each => each.Text("uid") == uid);

    private JsonArray ActiveList()
    {
        if (_status["active"] is not JsonArray list)
        {
            list = [];
            _status["active"] = list;
        }

        return list;
    }

    private void RemoveActive(string uid)
    {
        _ = ActiveList().RemoveAll(each => each.Text("uid") == uid);
        if (ActiveList().Count == 0)
        {
            _ = _status.Remove("active");
        }
    }
}
