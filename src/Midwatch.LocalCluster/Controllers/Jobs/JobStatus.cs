using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Jobs;

/// <summary>Writes a Job's status. Pure.</summary>
internal static class JobStatus
{
    /// <summary>The type of the condition that ended the Job, or null.</summary>
    public static string? Finish(JsonObject job) =>
        Holds(job, "Complete") ? "Complete" : Holds(job, "Failed") ? "Failed" : null;

    public static DateTimeOffset? FinishedAt(JsonObject job) =>
        Finish(job) is { } type ? Conditions.Find(job.At("status"), type).Time("lastTransitionTime") : null;

    /// <summary>The verdict that an earlier pass came to, while pods still go.</summary>
    public static JobVerdict? Pending(JsonObject job)
    {
        foreach (var (type, succeeded) in (ReadOnlySpan<(string, bool)>)
            [("FailureTarget", false), ("SuccessCriteriaMet", true)])
        {
            if (Holds(job, type) && Conditions.Find(job.At("status"), type) is { } condition)
            {
                return new(succeeded, condition.Text("reason") ?? "", condition.Text("message") ?? "");
            }
        }

        return null;
    }

    public static bool Holds(JsonObject job, string type) =>
        Conditions.Find(job.At("status"), type).Text("status") == "True";

    /// <summary>The counts over the present status; conditions and times stay as they are.</summary>
    public static JsonObject Count(JsonObject job, JobSpec spec, JobTally tally)
    {
        var status = job.At("status")?.DeepClone() as JsonObject ?? [];
        Put(status, "succeeded", tally.Succeeded);
        Put(status, "failed", tally.Failed);
        status["uncountedTerminatedPods"] = new JsonObject();
        if (spec.IsIndexed && !tally.CompletedIndexes.IsEmpty)
        {
            status["completedIndexes"] = IndexSet.Format(tally.CompletedIndexes);
        }

        if (!tally.FailedIndexes.IsEmpty)
        {
            status["failedIndexes"] = IndexSet.Format(tally.FailedIndexes);
        }

        return status;
    }

    public static void CountPods(JsonObject status, ImmutableArray<PodFacts> pods)
    {
        Put(status, "active", pods.Count(pod => pod.IsActive));
        status["ready"] = pods.Count(pod => pod.IsActive && pod.IsReady);
        status["terminating"] = pods.Count(pod => pod.IsTerminating && !pod.IsFinished);
    }

    /// <summary>Adds or renews a condition, kept at the place it had.</summary>
    public static void Set(
        JsonObject status, string type, string value, string reason, string message, DateTimeOffset now)
    {
        var time = KubernetesTime.Format(now);
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = value,
            ["lastProbeTime"] = time,
            ["lastTransitionTime"] = time,
            ["reason"] = reason,
            ["message"] = message,
        };
        if (status["conditions"] is not JsonArray list)
        {
            list = [];
            status["conditions"] = list;
        }

        if (Conditions.Find(status, type) is { } present)
        {
            list[list.IndexOf(present)] = condition;
        }
        else
        {
            list.Add((JsonNode)condition);
        }
    }

    private static void Put(JsonObject status, string name, int count)
    {
        _ = status.Remove(name);
        if (count > 0)
        {
            status[name] = count;
        }
    }
}
