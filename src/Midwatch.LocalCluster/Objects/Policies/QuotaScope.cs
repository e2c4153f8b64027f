using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Objects.Policies;

/// <summary>Which objects a quota counts: its scopes choose among pods, and then it counts nothing else.</summary>
internal static class QuotaScope
{
    public static bool Covers(JsonObject quota, JsonObject body)
    {
        var scopes = (quota.At("spec", "scopes") as JsonArray ?? []).Select(one => one?.ToString() ?? "").ToList();
        var expressions = quota.Items("spec", "scopeSelector", "matchExpressions").ToList();
        return (scopes.Count == 0 && expressions.Count == 0)
            || (body.Text("kind") == "Pod" && scopes.TrueForAll(one => Matches(one, body))
                && expressions.TrueForAll(one => Matches(one, body)));
    }

    private static bool Matches(string scope, JsonObject pod) => scope switch
    {
        "Terminating" => pod.Number("spec", "activeDeadlineSeconds") is not null,
        "NotTerminating" => pod.Number("spec", "activeDeadlineSeconds") is null,
        "BestEffort" => pod.Text("status", "qosClass") == "BestEffort",
        "NotBestEffort" => pod.Text("status", "qosClass") != "BestEffort",
        "PriorityClass" => pod.Text("spec", "priorityClassName") is not null,
        _ => false,
    };

    private static bool Matches(JsonObject expression, JsonObject pod)
    {
        var scope = expression.Text("scopeName") ?? "";
        if (scope != "PriorityClass")
        {
            return Matches(scope, pod);
        }

        var name = pod.Text("spec", "priorityClassName");
        var values = (expression.At("values") as JsonArray ?? []).Select(one => one?.ToString());
        return expression.Text("operator") switch
        {
            "In" => values.Contains(name),
            "NotIn" => !values.Contains(name),
            "Exists" => name is not null,
            _ => name is null,
        };
    }
}
