using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>Evictions against disruption budgets.</summary>
public sealed class EvictionTests
{
    [Fact]
    public async Task Of_evictions_at_the_same_moment_only_as_many_pass_as_the_budget_has()
    {
        await using var api = await RunningApi.StartAsync();
        Budget(api, "web", allowed: 2);
        const int All = 12;
        for (var number = 0; number < All; number++)
        {
            Pod(api, $"web-{number}", "Running");
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, All).Select(number => EvictAsync(api, $"web-{number}")));
        Assert.Equal(2, answers.Count(answer => answer.Code == 201));
        Assert.Equal(All - 2, answers.Count(answer => answer.Code == 429
            && answer.Body.Text("message") == "Cannot evict pod as it would violate the pod's disruption budget."));
        var budget = api.Store.Get(new ObjectKey("policy", "poddisruptionbudgets", "default", "web"))!.Body;
        Assert.Equal(0, budget.Count("status", "disruptionsAllowed"));
        Assert.Equal(2, (budget.At("status", "disruptedPods") as JsonObject)?.Count);
    }

    [Fact]
    public async Task A_pod_that_has_ended_or_not_begun_is_nobody_s_loss()
    {
        await using var api = await RunningApi.StartAsync();
        Budget(api, "web", allowed: 0);
        Pod(api, "done", "Succeeded");
        Pod(api, "new", "Pending");
        Pod(api, "busy", "Running");
        Assert.Equal(201, (await EvictAsync(api, "done")).Code);
        Assert.Equal(201, (await EvictAsync(api, "new")).Code);
        Assert.Equal(429, (await EvictAsync(api, "busy")).Code);
    }

    [Fact]
    public async Task An_ill_pod_may_go_while_the_healthy_ones_suffice()
    {
        await using var api = await RunningApi.StartAsync();
        Budget(api, "web", allowed: 0, healthy: 2);
        Pod(api, "ill", "Running", ready: "False");
        Assert.Equal(201, (await EvictAsync(api, "ill")).Code);
    }

    [Fact]
    public async Task Two_budgets_for_one_pod_are_refused()
    {
        await using var api = await RunningApi.StartAsync();
        Budget(api, "web", allowed: 2);
        Budget(api, "other", allowed: 2);
        Pod(api, "web-0", "Running");
        var (code, body) = await EvictAsync(api, "web-0");
        Assert.Equal(500, code);
        Assert.Equal("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
            body.Text("message"));
    }

    private static Task<(int Code, JsonObject Body)> EvictAsync(RunningApi api, string pod) => api.SendAsync(
        "POST", $"/api/v1/namespaces/default/pods/{pod}/eviction",
        $$"""{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"{{pod}}","namespace":"default"} }""");

    private static void Pod(RunningApi api, string name, string phase, string ready = "True") =>
        Assert.IsType<StoreResult.Done>(api.Store.Create(
            new ObjectKey("", "pods", "default", name), RunningApi.Json($$"""
            {"apiVersion":"v1","kind":"Pod",
             "metadata":{"name":"{{name}}","namespace":"default","labels":{"app":"web"} },
             "spec":{"nodeName":"node-1","containers":[{"name":"a","image":"a"}]},
             "status":{"phase":"{{phase}}","conditions":[{"type":"Ready","status":"{{ready}}"}]} }
            """)));

    private static void Budget(RunningApi api, string name, int allowed, int healthy = 1) =>
        Assert.IsType<StoreResult.Done>(api.Store.Create(
            new ObjectKey("policy", "poddisruptionbudgets", "default", name), RunningApi.Json($$"""
            {"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"{{name}}","namespace":"default"},
             "spec":{"minAvailable":2,"selector":{"matchLabels":{"app":"web"} } },
             "status":{"disruptionsAllowed":{{allowed}},"currentHealthy":{{healthy}},"desiredHealthy":2} }
            """)));
}
