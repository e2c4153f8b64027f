using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Jobs;

/// <summary>
/// What a Job's podFailurePolicy says of a pod that failed: the first rule that fits (pod_failure_policy.go). Pure.
/// </summary>
/// <param name="Action">FailJob, FailIndex, Ignore or Count.</param>
/// <param name="Message">Why, as the Job's condition tells it.</param>
internal sealed record FailurePolicy(string Action, string Message)
{
    /// <summary>Null when the Job has no policy, or none of its rules fits.</summary>
    public static FailurePolicy? Of(JsonObject job, PodFacts pod)
    {
        var index = 0;
        foreach (var rule in job.Items("spec", "podFailurePolicy", "rules"))
        {
            var action = rule.Text("action") ?? "Count";
            var why = rule.At("onExitCodes") is JsonObject codes ? ByExitCode(codes, pod) : ByCondition(rule, pod);
            if (why is not null)
            {
                return new(action, $"{why} matching {action} rule at index {index}");
            }

            index++;
        }

        return null;
    }

    private static string? ByExitCode(JsonObject codes, PodFacts pod)
    {
        var values = (codes.At("values") as JsonArray ?? []).Select(value => value!.GetValue<long>())
            .ToImmutableHashSet();
        var isIn = codes.Text("operator") != "NotIn";
        var only = codes.Text("containerName");
        return pod.Body.Items("status", "initContainerStatuses").Concat(pod.Body.Items("status", "containerStatuses"))
            .Where(status => only is null || status.Text("name") == only)
            .Select(status => (Name: status.Text("name"), Code: status.Number("state", "terminated", "exitCode")))
            .Where(end => end.Code is not (null or 0) && values.Contains(end.Code.Value) == isIn)
            .Select(end => $"Container {end.Name} for pod {pod.Source.Key.Namespace}/{pod.Name} failed with "
                + $"exit code {end.Code}")
            .FirstOrDefault();
    }

    private static string? ByCondition(JsonObject rule, PodFacts pod) => rule.Items("onPodConditions")
        .Where(wanted => Conditions.Find(pod.Body.At("status"), wanted.Text("type") ?? "").Text("status")
            == (wanted.Text("status") ?? "True"))
        .Select(wanted => $"Pod {pod.Source.Key.Namespace}/{pod.Name} has condition {wanted.Text("type")}")
        .FirstOrDefault();
}
