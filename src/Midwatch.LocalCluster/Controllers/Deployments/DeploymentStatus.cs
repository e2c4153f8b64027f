using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>The status of a Deployment from its ReplicaSets (deployment/sync.go and progress.go). Pure.</summary>
internal sealed class DeploymentStatus(
    JsonObject deployment, ReplicaSetFacts? newest, ImmutableArray<ReplicaSetFacts> all, DateTimeOffset now)
{
    private const string Progressing = "Progressing";

    private readonly int _desired = (int)(deployment.Number("spec", "replicas") ?? 1);

    /// <summary>
    /// Counters and the Available condition, without judging progress (scaling, paused, being deleted).
    /// </summary>
    public JsonObject Counters()
    {
        var before = deployment.At("status");
        var available = all.Sum(set => set.Available);
        var status = new JsonObject
        {
            ["observedGeneration"] = deployment.Number("metadata", "generation") ?? 0,
            ["replicas"] = all.Sum(set => set.Current),
            ["updatedReplicas"] = newest?.Current ?? 0,
            ["readyReplicas"] = all.Sum(set => set.Ready),
            ["availableReplicas"] = available,
            ["unavailableReplicas"] = Math.Max(0, all.Sum(set => set.Desired) - available),
            ["terminatingReplicas"] = all.Sum(set => set.Terminating),
        };
        DropZeroes(status);
        Carry(before, status);
        var condition = available >= RolloutLimits.Of(deployment).Available
            ? Conditions.Make(
                "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
            : Conditions.Make(
                "Available", "False", "MinimumReplicasUnavailable",
                "Deployment does not have minimum availability.", now);
        Conditions.Set(status, condition);
        return status;
    }

    /// <summary>The status after a rollout step: counters and whether the rollout moves, is done, or is late.</summary>
    public JsonObject OfRollout()
    {
        var status = Counters();
        var present = Conditions.Find(status, Progressing);
        if (Deadline is null)
        {
            Conditions.Remove(status, Progressing);
        }
        else if (present.Text("reason") != "NewReplicaSetAvailable"
            || status.Count("replicas") != status.Count("updatedReplicas"))
        {
            Judge(status, present);
        }

        SetReplicaFailure(status);
        return status;
    }

    /// <summary>When to look again because the deadline may have passed; null when nothing can time out.</summary>
    public TimeSpan? DeadlineIn(JsonObject status)
    {
        var condition = Conditions.Find(status, Progressing);
        var settled = condition.Text("reason") is null or "NewReplicaSetAvailable" or "ProgressDeadlineExceeded";
        if (settled || Deadline is not { } deadline || IsComplete(status))
        {
            return null;
        }

        var due = (condition.Time("lastUpdateTime") ?? now) + deadline - now + TimeSpan.FromSeconds(1);
        return due > TimeSpan.Zero ? due : TimeSpan.FromSeconds(1);
    }

    public bool IsComplete(JsonObject status) =>
        status.Count("updatedReplicas") == _desired
        && status.Count("replicas") == _desired
        && status.Count("availableReplicas") == _desired;

    // kubectl treats the largest int32 as "no deadline".
    private TimeSpan? Deadline =>
        deployment.Number("spec", "progressDeadlineSeconds") is { } seconds and < int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private string Subject => newest is null
        ? $"Deployment \"{deployment.Text("metadata", "name")}\""
        : $"ReplicaSet \"{newest.Name}\"";

    private void Judge(JsonObject status, JsonObject? present)
    {
        if (IsComplete(status))
        {
            Conditions.Set(status, Conditions.Make(
                Progressing, "True", "NewReplicaSetAvailable", Subject + " has successfully progressed.", now));
        }
        else if (HasMoved(status))
        {
            var condition =
                Conditions.Make(Progressing, "True", "ReplicaSetUpdated", Subject + " is progressing.", now);
            if (present.Text("status") == "True")
            {
                condition["lastTransitionTime"] = present.Text("lastTransitionTime");
            }

            // Taken out first, so that each sign of progress restarts the deadline.
            Conditions.Remove(status, Progressing);
            Conditions.Set(status, condition);
        }
        else if (HasTimedOut(present))
        {
            Conditions.Set(status, Conditions.Make(
                Progressing, "False", "ProgressDeadlineExceeded", Subject + " has timed out progressing.", now));
        }
    }

    private bool HasMoved(JsonObject status)
    {
        var before = deployment.At("status");
        return status.Count("updatedReplicas") > before.Count("updatedReplicas")
            || status.Count("replicas") - status.Count("updatedReplicas")
                < before.Count("replicas") - before.Count("updatedReplicas")
            || status.Count("readyReplicas") > before.Count("readyReplicas")
            || status.Count("availableReplicas") > before.Count("availableReplicas");
    }

    private bool HasTimedOut(JsonObject? present) => present.Text("reason") switch
    {
        null or "NewReplicaSetAvailable" => false,
        "ProgressDeadlineExceeded" => true,
        _ => present.Time("lastUpdateTime") + Deadline < now,
    };

    private void SetReplicaFailure(JsonObject status)
    {
        var failure = (newest is null ? all : [newest])
            .Select(set => Conditions.Find(set.Body.At("status"), "ReplicaFailure"))
            .FirstOrDefault(condition => condition is not null);
        if (failure is null)
        {
            Conditions.Remove(status, "ReplicaFailure");
            return;
        }

        Conditions.Set(status, Conditions.Make(
            "ReplicaFailure", failure.Text("status") ?? "True", failure.Text("reason") ?? "",
            failure.Text("message") ?? "", now));
    }

    // Counters that are nothing are absent, as omitempty leaves them; terminatingReplicas is a pointer and stays.
    private static void DropZeroes(JsonObject status)
    {
        foreach (var name in status.Where(field => field.Key != "terminatingReplicas" && field.Value.Number() == 0)
            .Select(field => field.Key).ToList())
        {
            status.Remove(name);
        }
    }

    private static void Carry(JsonNode? before, JsonObject status)
    {
        foreach (var name in (ReadOnlySpan<string>)["conditions", "collisionCount"])
        {
            if (before.At(name) is { } value)
            {
                status[name] = value.DeepClone();
            }
        }
    }
}
