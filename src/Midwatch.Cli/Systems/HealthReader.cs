using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Kubernetes;

namespace Midwatch.Cli.Systems;

/// <summary>Asks the cluster how a system's workloads are, and its Prometheus which alerts there are.</summary>
internal sealed class HealthReader(KubernetesClient client, SystemDescription system)
{
    internal async Task<SystemHealth> ReadAsync(CancellationToken cancellationToken)
    {
        var workloads = await WorkloadsAsync(cancellationToken);
        if (!workloads.Any(one => one.Exists))
        {
            return new SystemHealth(system, workloads, Firing: null);
        }

        var (alerts, _) = await AlertsAsync(cancellationToken);
        return new SystemHealth(system, workloads, alerts?.Where(alert => alert.IsFiring)
            .Select(alert => alert.Name).Distinct().Order(StringComparer.Ordinal).ToImmutableArray());
    }

    internal async Task<ImmutableArray<WorkloadHealth>> WorkloadsAsync(CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(system.Ready.Select(workload => LookAsync(workload, cancellationToken)))];

    /// <summary>The alerts that are pending or fire.</summary>
    /// <returns>The alerts, or why Prometheus could not say.</returns>
    internal async Task<(ImmutableArray<SystemAlert>? Alerts, string? Problem)> AlertsAsync(
        CancellationToken cancellationToken)
    {
        if (system.Prometheus is not { } prometheus)
        {
            return (null, $"system {system.Name} has no Prometheus: its system.yaml names no 'prometheus' service.");
        }

        var query = new ProxyQuery(
            prometheus.Namespace, prometheus.Name, $"{prometheus.Port}", "/api/v1/alerts");
        return await client.ProxyGetAsync(query, cancellationToken) switch
        {
            KubernetesAnswer<ProxyReply>.Done { Value: { Status: 200 } reply } => (Alerts(reply.Body), null),
            KubernetesAnswer<ProxyReply>.Done { Value: var reply } => (null, $"Prometheus answers {reply.Status}"),
            var other => (null, other.Failure),
        };
    }

    private static ImmutableArray<SystemAlert> Alerts(string body)
    {
        using var document = JsonDocument.Parse(body);
        return
        [
            .. document.RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
                .Select(alert => new SystemAlert(
                    alert.GetProperty("labels").GetProperty("alertname").GetString() ?? string.Empty,
                    alert.GetProperty("state").GetString() is "firing")),
        ];
    }

    private async Task<WorkloadHealth> LookAsync(SystemWorkload workload, CancellationToken cancellationToken)
    {
        var (group, plural) = (workload.Kind == "job" ? "batch" : "apps", $"{workload.Kind}s");
        return await client.GetAsync(
            new ResourcePath(group, "v1", plural, workload.Namespace, workload.Name), cancellationToken) switch
        {
            KubernetesAnswer<JsonElement>.Done { Value: var found } => Read(workload, found),
            KubernetesAnswer<JsonElement>.NotFound => new WorkloadHealth(
                workload, Exists: false, IsUp: false, Ready: 0, Wanted: 0, "is not there"),
            var other => new WorkloadHealth(
                workload, Exists: false, IsUp: false, Ready: 0, Wanted: 0, other.Failure),
        };
    }

    private static WorkloadHealth Read(SystemWorkload workload, JsonElement found)
    {
        if (workload.Kind == "job")
        {
            var (done, needed) = (Number(found, "status", "succeeded"), Number(found, "spec", "completions"));
            return new WorkloadHealth(workload, Exists: true, done >= Math.Max(needed, 1), done, Math.Max(needed, 1));
        }

        var daemon = workload.Kind == "daemonset";
        var wanted = daemon ? Number(found, "status", "desiredNumberScheduled") : Number(found, "spec", "replicas");
        var ready = Number(found, "status", daemon ? "numberReady" : "readyReplicas");
        var updated = Number(found, "status", daemon ? "updatedNumberScheduled" : "updatedReplicas");
        var seen = Number(found, "status", "observedGeneration") >= Number(found, "metadata", "generation");
        return new WorkloadHealth(
            workload, Exists: true, seen && ready >= wanted && updated >= wanted, ready, wanted);
    }

    private static int Number(JsonElement found, string part, string field) =>
        found.TryGetProperty(part, out var outer) && outer.TryGetProperty(field, out var value)
        && value.TryGetInt32(out var number) ? number : 0;
}

/// <summary>An alert that Prometheus holds.</summary>
/// <param name="IsFiring">False while its <c>for:</c> runs.</param>
internal sealed record SystemAlert(string Name, bool IsFiring);
