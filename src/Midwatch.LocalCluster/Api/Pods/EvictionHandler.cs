using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Resources;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Selection;

namespace Midwatch.LocalCluster.Api.Pods;

/// <summary>Deletes a pod unless a disruption budget forbids it.</summary>
internal sealed class EvictionHandler(ApiServerOptions options)
{
    private const string MoreThanOne =
        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";

    public async Task<ApiAnswer> AnswerAsync(ApiCall call, StoredObject pod)
    {
        var request = await RequestBody.ReadAnyAsync(call.Http, call.Stop);
        if (request.Refusal is { } refusal)
        {
            return ApiAnswer.Refuse(refusal);
        }

        var eviction = request.Object;

        var labels = pod.Body["metadata"]?["labels"] as JsonObject;
        var budgets = options.Store.List("policy", "poddisruptionbudgets", pod.Key.Namespace)
            .Where(budget => LabelSelector.FromObject(budget.Body["spec"]?["selector"])?.Matches(labels) == true)
            .ToList();
        if (budgets.Count > 1)
        {
            return ApiAnswer.Refuse(new ApiStatus(500, "InternalError", MoreThanOne, null));
        }

        // What has ended, not begun or goes anyway is nobody's loss.
        if (pod.IsBeingDeleted || pod.Body.Text("status", "phase") is "Succeeded" or "Failed" or "Pending"
            || budgets.Exists(budget => MayGoIll(pod, budget)))
        {
            budgets = [];
        }

        var blocking = budgets.Find(budget => Number(budget, "disruptionsAllowed") <= 0);
        if (blocking is not null)
        {
            return ApiAnswer.Refuse(Blocked(blocking));
        }

        if (!call.IsDryRun && eviction["deleteOptions"]?["dryRun"] is not JsonArray { Count: > 0 })
        {
            // Of evictions at the same moment each takes its own share; the controller counts it until the pod goes.
            if (budgets.Find(budget => !Take(budget.Key, pod.Key.Name)) is { } exhausted)
            {
                return ApiAnswer.Refuse(Blocked(options.Store.Get(exhausted.Key) ?? exhausted));
            }

            var grace = eviction["deleteOptions"]?["gracePeriodSeconds"] is JsonValue value
                && value.TryGetValue<long>(out var seconds)
                ? seconds
                : (long?)null;
            _ = options.Store.Mutate(pod.Key, body => SayWhy(body));
            _ = options.Store.Delete(pod.Key, new DeleteOptions(GracePeriodSeconds: grace));
        }

        return ApiAnswer.Json(PodHandler.Success(), 201);
    }

    // What a Job's failure policy, and whoever looks at the pod, finds as the reason.
    private void SayWhy(JsonObject pod)
    {
        var condition = Conditions.Make(
            "DisruptionTarget", "True", "EvictionByEvictionAPI", "Eviction API: evicting", options.Time.GetUtcNow());
        _ = condition.Remove("lastUpdateTime");
        Conditions.Set(pod.Need("status"), condition);
    }

    // unhealthyPodEvictionPolicy: a pod that is not ready may go when enough others are, or always.
    private static bool MayGoIll(StoredObject pod, StoredObject budget) =>
        Conditions.Find(pod.Body.At("status"), "Ready").Text("status") != "True"
        && (budget.Body.Text("spec", "unhealthyPodEvictionPolicy") == "AlwaysAllow"
            || (Number(budget, "desiredHealthy") > 0
                && Number(budget, "currentHealthy") >= Number(budget, "desiredHealthy")));

    // False when nothing is left to take.
    private bool Take(ObjectKey budget, string pod)
    {
        var taken = false;
        var now = KubernetesTime.Format(options.Time.GetUtcNow());
        _ = options.Store.Mutate(budget, body =>
        {
            // Asked again when somebody else took one meanwhile.
            taken = false;
            if (body["status"] is not JsonObject status || status["disruptionsAllowed"] is not JsonValue value
                || !value.TryGetValue<long>(out var left) || left <= 0)
            {
                return;
            }

            taken = true;
            status["disruptionsAllowed"] = left - 1;
            if (status["disruptedPods"] is not JsonObject leaving)
            {
                status["disruptedPods"] = leaving = [];
            }

            leaving[pod] = now;
        });
        return taken;
    }

    private static ApiStatus Blocked(StoredObject budget)
    {
        var why = string.Create(
            CultureInfo.InvariantCulture,
            $"The disruption budget {budget.Key.Name} needs {Number(budget, "desiredHealthy")} healthy pods and has "
            + $"{Number(budget, "currentHealthy")} currently");
        var causes = new JsonArray(new JsonObject { ["reason"] = "DisruptionBudget", ["message"] = why });
        return new ApiStatus(
            429,
            "TooManyRequests",
            "Cannot evict pod as it would violate the pod's disruption budget.",
            new JsonObject { ["causes"] = causes });
    }

    private static long Number(StoredObject budget, string field) =>
        budget.Body["status"]?[field] is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;
}
