using System.Collections.Immutable;
using Midwatch.Cli.Terminal;
using Midwatch.Kubernetes;

namespace Midwatch.Cli.Systems;

/// <summary>Waits until a system is rolled out and its monitoring is quiet.</summary>
internal sealed class SystemReadiness(KubernetesClient client, SystemDescription system, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private readonly HealthReader _reader = new(client, system);

    /// <summary>Waits for every workload that the system names.</summary>
    /// <returns>How many pods are ready, or null with the sentence why it did not come up.</returns>
    internal async Task<(int? Pods, string? Problem)> RolledOutAsync(
        Chapter chapter, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        var began = time.GetTimestamp();
        while (true)
        {
            var looks = await _reader.WorkloadsAsync(cancellationToken);
            var waiting = looks.Select(look => look.Missing).OfType<string>().ToImmutableArray();
            if (waiting.IsEmpty)
            {
                return (looks.Where(look => look.Workload.Kind != "job").Sum(look => look.Ready), null);
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
        using var timer = new PeriodicTimer(LookEvery, time);
        var began = time.GetTimestamp();
        while (true)
        {
            var (alerts, problem) = await _reader.AlertsAsync(cancellationToken);
            if (alerts is { IsEmpty: true })
            {
                return null;
            }

            var busy = alerts is { } some
                ? $"{string.Join(", ", some.Select(alert => alert.Name).Distinct())} not yet quiet"
                : problem ?? "Prometheus does not answer";
            if (system.Prometheus is null || time.GetElapsedTime(began) > limit)
            {
                return $"the monitoring is not quiet after {limit.TotalSeconds:0} s: {busy}";
            }

            chapter.Detail(busy);
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
