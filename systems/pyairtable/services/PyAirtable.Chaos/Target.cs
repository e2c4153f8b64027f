using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Reference.ClusterApi;

namespace PyAirtable.Chaos;

/// <summary>The pods that an experiment is about.</summary>
internal sealed class Target(ApiReader api, ApiWriter writer, Experiment experiment)
{
    private readonly string _path = $"/api/v1/namespaces/{Uri.EscapeDataString(experiment.Namespace)}/pods";

    /// <summary>Lists those that are not on their way out.</summary>
    public async Task<ImmutableArray<(string Name, bool Ready)>> PodsAsync(CancellationToken cancellationToken) =>
    [
        .. (await api.ListAsync(
            $"{_path}?labelSelector={Uri.EscapeDataString(experiment.Selector)}", cancellationToken))
            .Where(pod => pod["metadata"]?["deletionTimestamp"] is null)
            .Select(pod => ((string)pod["metadata"]!["name"]!, IsReady(pod))),
    ];

    /// <summary>Kills one of them, or all, at once and without a grace period, as a crash would.</summary>
    public async Task<ImmutableArray<string>> KillAsync(CancellationToken cancellationToken)
    {
        var names = (await PodsAsync(cancellationToken)).Select(pod => pod.Name).Order(StringComparer.Ordinal);
        ImmutableArray<string> chosen = [.. experiment.All ? names : names.Take(1)];
        await Task.WhenAll(chosen.Select(name => writer.DeleteAsync(
            $"{_path}/{Uri.EscapeDataString(name)}?gracePeriodSeconds=0", cancellationToken)));
        return chosen;
    }

    /// <summary>Counts the experiments that run beside this one.</summary>
    /// <param name="own">This pod's Job.</param>
    public async Task<int> OthersAsync(string space, string own, CancellationToken cancellationToken) =>
        (await api.ListAsync($"/apis/batch/v1/namespaces/{Uri.EscapeDataString(space)}/jobs", cancellationToken))
            .Count(job => (string?)job["metadata"]?["name"] != own
                && int.TryParse(job["status"]?["active"]?.ToString(), CultureInfo.InvariantCulture, out var active)
                && active > 0);

    private static bool IsReady(JsonObject pod) => (pod["status"]?["conditions"] as JsonArray ?? [])
        .Any(condition => (string?)condition?["type"] == "Ready" && (string?)condition["status"] == "True");
}
