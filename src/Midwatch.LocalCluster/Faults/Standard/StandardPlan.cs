using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Hosting;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Faults.Standard;

/// <summary>From a standard fault and its target to the actions that inject it.</summary>
internal sealed class StandardPlan(AdminConnection api, string ns, TimeProvider time)
{
    private const int BurningPrograms = 2;
    private const int FailingPercent = 50;
    private const int SlowMilliseconds = 2000;
    private const int LateMilliseconds = 1000;

    /// <summary>The actions and how the target is called, or a sentence on why it cannot be broken so.</summary>
    public async Task<(ImmutableArray<FaultAction> Actions, string Target, string? Problem)> MakeAsync(
        StandardFault fault, string target, CancellationToken ct)
    {
        var name = target[(target.IndexOf('/', StringComparison.Ordinal) + 1)..];
        switch (fault.Target)
        {
            case "node":
                return ([new FaultAction.Rule("silence", name, "", 0, $"silence node {name}")], "node/" + name, null);
            case "job":
                var (ofJob, noJob) = await OfObjectAsync("/apis/batch/v1", "cronjobs", name,
                    cronJob => (ObjectFaults.JobFailing(cronJob, time.GetUtcNow()), null), ct);
                return (ofJob, "cronjob/" + name, noJob);
            case "secret":
                var (ofSecret, noSecret) = await OfObjectAsync("/api/v1", "secrets", name,
                    secret => ObjectFaults.CertificateExpired(secret, time.GetUtcNow()), ct);
                return (ofSecret, "secret/" + name, noSecret);
            default:
                var (workload, missing) = await FaultTarget.FindAsync(api, ns, target, ct);
                var (actions, problem) = workload is null
                    ? ([], missing) : await OfWorkloadAsync(fault.Id, workload, ct);
                return (actions, workload?.Called ?? target, problem);
        }
    }

    private async Task<(ImmutableArray<FaultAction> Actions, string? Problem)> OfObjectAsync(
        string group, string plural, string name,
        Func<JsonObject, (ImmutableArray<FaultAction> Actions, string? Problem)> plan, CancellationToken ct)
    {
        var answer = await api.GetAsync(
            $"{group}/namespaces/{Uri.EscapeDataString(ns)}/{plural}/{Uri.EscapeDataString(name)}", ct);
        return answer is { IsSuccess: true, Body: { } body } ? plan(body) : ([], answer.Message);
    }

    private async Task<(ImmutableArray<FaultAction> Actions, string? Problem)> OfWorkloadAsync(
        string id, FaultTarget target, CancellationToken ct) => id switch
    {
        "bad-rollout" => (TemplateFaults.BadRollout(target), null),
        "bad-tag" => (TemplateFaults.BadTag(target), null),
        "unschedulable" => (TemplateFaults.Unschedulable(target), null),
        "probe-failing" => TemplateFaults.ProbeFailing(target),
        "volume-unbound" => (TemplateFaults.VolumeUnbound(target), null),
        "pull-secret" => ObjectFaults.PullSecret(target),
        "config-missing" => ObjectFaults.Missing(target, isSecret: false),
        "secret-missing" => ObjectFaults.Missing(target, isSecret: true),
        "config-wrong" => await ObjectFaults.ConfigWrongAsync(target, ct),
        "selector-wrong" => await ObjectFaults.SelectorWrongAsync(target, ct),
        "quota-exhausted" => await ObjectFaults.QuotaAsync(target, ct),
        "hpa-at-max" => await ObjectFaults.HpaAtMaxAsync(target, ct),
        "memory-high" => await MemoryHighAsync(target, ct),
        "node-cordoned" => await CordonAsync(target, ct),
        "dependency-slow" => await OnServicesAsync(target, "slow", SlowMilliseconds, ct),
        "dependency-refusing" => await OnServicesAsync(target, "refuse", 0, ct),
        "network-cut" => await OnServicesAsync(target, "cut", 0, ct),
        "latency" => await OnServicesAsync(target, "slow", LateMilliseconds, ct),
        "error-rate" => await OnServicesAsync(target, "fail", FailingPercent, ct),
        _ => OnPods(id, target),
    };

    private static (ImmutableArray<FaultAction> Actions, string? Problem) OnPods(string id, FaultTarget target) =>
        id switch
        {
            "crash-loop" => ([Rule("crash", 0, target)], null),
            "cpu-burn" => ([Rule("burn", BurningPrograms, target)], null),
            "volume-full" => ([Rule("fill", 0, target)], null),
            "evicted" => ([Rule("evict", 0, target)], null),
            "dependency-down" => ([new FaultAction.Freeze(target.Selector, target.ContainerName)], null),
            "oom" when Limit(target) is { } limit => ([Rule("grow", limit + (limit / 2), target)], null),
            "oom" => ([], $"container {target.ContainerName} of {target.Name} has no memory limit"),
            _ => ([], $"there is no fault '{id}'"),
        };

    private static FaultAction.Rule Rule(string kind, long amount, FaultTarget target) =>
        new(kind, target.Selector, target.ContainerName, amount, $"{kind}: container {target.ContainerName}");

    private static long? Limit(FaultTarget target) =>
        Bytes(target.Container.At("resources", "limits", "memory")?.ToString());

    private static long? Bytes(string? quantity) =>
        Quantity.ParseNano(quantity ?? "") is { } nano ? (long)(nano / new BigInteger(1_000_000_000)) : null;

    private static async Task<(ImmutableArray<FaultAction> Actions, string? Problem)> OnServicesAsync(
        FaultTarget target, string kind, long amount, CancellationToken ct)
    {
        var services = await target.ServicesAsync(ct);
        return services.IsEmpty
            ? ([], $"no service leads to {target.Name}, so nothing can go wrong on the way to it")
            : ([.. services.Select(service => service.Text("metadata", "name")!).Select(name =>
                (FaultAction)new FaultAction.Rule(kind, name, "", amount, $"{kind}: service {name}"))], null);
    }

    /// <summary>
    /// Up to 88 % of the limit (what does it takes some too), with what the busiest of its containers uses now.
    /// </summary>
    private async Task<(ImmutableArray<FaultAction> Actions, string? Problem)> MemoryHighAsync(
        FaultTarget target, CancellationToken ct)
    {
        if (Limit(target) is not { } limit)
        {
            return ([], $"container {target.ContainerName} of {target.Name} has no memory limit");
        }

        var measured = await api.GetAsync($"/apis/metrics.k8s.io/v1beta1/namespaces/{Uri.EscapeDataString(ns)}/pods"
            + $"?labelSelector={Uri.EscapeDataString(target.Selector)}", ct);
        var used = measured.Items.SelectMany(pod => pod.Items("containers"))
            .Where(container => container.Text("name") == target.ContainerName)
            .Max(container => Bytes(container.Text("usage", "memory")));
        return ((limit / 100 * 88) - used) switch
        {
            null => ([], $"what container {target.ContainerName} of {target.Name} uses is not measured yet"),
            > 0 and var missing => ([Rule("grow", missing, target)], null),
            _ => ([], $"container {target.ContainerName} of {target.Name} uses that much already"),
        };
    }

    private async Task<(ImmutableArray<FaultAction> Actions, string? Problem)> CordonAsync(
        FaultTarget target, CancellationToken ct)
    {
        var nodes = await api.GetAsync("/api/v1/nodes", ct);
        return ([.. nodes.Items.Select(node => (FaultAction)new FaultAction.Patch(
                "Node", node.Text("metadata", "name")!, """{"spec":{"unschedulable":true}}""")),
            new FaultAction.DeletePods(target.Selector)], null);
    }
}
