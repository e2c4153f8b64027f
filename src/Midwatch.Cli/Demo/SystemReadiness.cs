using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Cli.Systems;
using Midwatch.Cli.Terminal;
using Midwatch.Kubernetes;

namespace Midwatch.Cli.Demo;

/// <summary>Waits until a system is rolled out and its monitoring is quiet.</summary>
internal sealed class SystemReadiness(KubernetesClient client, SystemDescription system, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for every workload that the system names.</summary>
    /// <returns>How many pods are ready, or null with the sentence why it did not come up.</returns>
    internal async Task<(int? Pods, string? Problem)> RolledOutAsync(
        Chapter chapter, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        var began = time.GetTimestamp();
        while (true)
        {
            var looks = await Task.WhenAll(system.Ready.Select(workload => LookAsync(workload, cancellationToken)));
            var waiting =
                looks.Where(look => look.Missing is not null).Select(look => look.Missing!).ToImmutableArray();
            if (waiting.IsEmpty)
            {
                return (looks.Sum(look => look.Ready), null);
            }

            if (time.GetElapsedTime(began) > limit)
            {
                return (null, $"not up after {limit.TotalSeconds:0} s: {string.Join("; ", waiting)}. "
                    + "Look with: kubectl get pods,events");
            }

            chapter.Detail(waiting[0]);
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Waits until Prometheus evaluates its rules and none of them fires any more.</summary>
    /// <returns>Null when it is quiet, else what still fires or does not answer.</returns>
    internal async Task<string?> QuietAsync(Chapter chapter, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (system.Prometheus is not { } prometheus)
        {
            return $"system {system.Name} has no Prometheus: its system.yaml names no 'prometheus' service.";
        }

        var query = new ProxyQuery(
            system.Namespace, prometheus.Name, $"{prometheus.Port}", "/api/v1/alerts");
        using var timer = new PeriodicTimer(LookEvery, time);
        var began = time.GetTimestamp();
        while (true)
        {
            var busy = await client.ProxyGetAsync(query, cancellationToken) switch
            {
                KubernetesAnswer<ProxyReply>.Done { Value: { Status: 200 } reply } => Firing(reply.Body),
                KubernetesAnswer<ProxyReply>.Done { Value: var reply } => $"Prometheus answers {reply.Status}",
                var other => other.Failure,
            };
            if (busy is null)
            {
                return null;
            }

            if (time.GetElapsedTime(began) > limit)
            {
                return $"the monitoring is not quiet after {limit.TotalSeconds:0} s: {busy}";
            }

            chapter.Detail(busy);
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static string? Firing(string body)
    {
        using var document = JsonDocument.Parse(body);
        var names = document.RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
            .Where(alert => alert.GetProperty("state").GetString() is "firing" or "pending")
            .Select(alert => alert.GetProperty("labels").GetProperty("alertname").GetString())
            .Distinct().ToArray();
        return names.Length == 0 ? null : $"{string.Join(", ", names)} not yet quiet";
    }

    private async Task<(int Ready, string? Missing)> LookAsync(string workload, CancellationToken cancellationToken)
    {
        var (kind, name) = workload.Split('/') is [var before, var after] ? (before, after) : (workload, string.Empty);
        var answer = await client.GetAsync(
            ResourcePath.Apps($"{kind}s", system.Namespace, name), cancellationToken);
        if (answer is not KubernetesAnswer<JsonElement>.Done { Value: var found })
        {
            return (0, $"{workload}: {answer.Failure}");
        }

        var wanted = Number(found, "spec", "replicas");
        var ready = Number(found, "status", "readyReplicas");
        var updated = Number(found, "status", "updatedReplicas");
        var seen = Number(found, "status", "observedGeneration") >= Number(found, "metadata", "generation");
        return seen && ready >= wanted && updated >= wanted
            ? (ready, null)
            : (ready, $"{workload}: {ready} of {wanted} ready");
    }

    private static int Number(JsonElement found, string part, string field) =>
        found.TryGetProperty(part, out var outer) && outer.TryGetProperty(field, out var value)
        && value.TryGetInt32(out var number) ? number : 0;
}
