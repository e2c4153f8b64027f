using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Reference.ClusterApi;
using Reference.Telemetry;

namespace Iris.ExternalSecrets;

/// <summary>Looks after every ExternalSecret, again and again.</summary>
internal sealed partial class SecretSync(
    OperatorSettings settings, ApiReader reader, ApiWriter writer, VaultClient vaults, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly SecretWriter _secrets = new(reader, writer);
    private readonly Metric _calls = new(
        MetricKind.Counter, "externalsecret_sync_calls_total", "How often a vault was asked.", "namespace", "name");

    private readonly Metric _errors = new(
        MetricKind.Counter, "externalsecret_sync_calls_error", "How often in vain.", "namespace", "name");

    private readonly Metric _ready = new(MetricKind.Gauge, "externalsecret_status_condition",
        "1 for what is so.", "namespace", "name", "condition", "status");

    private bool _failing;

    public ImmutableArray<IMetric> All => [_calls, _errors, _ready];

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                foreach (var space in settings.Namespaces)
                {
                    var items = await reader.ListAsync(ExternalSecret.CollectionOf(space), cancellationToken);
                    foreach (var wanted in items.Select(ExternalSecret.Read))
                    {
                        await LookAfterAsync(wanted, cancellationToken);
                    }
                }

                _failing = false;
            }
            catch (Exception failure) when (ApiReader.IsOutage(failure, cancellationToken))
            {
                ReportOnce(failure.Message);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task LookAfterAsync(ExternalSecret wanted, CancellationToken cancellationToken)
    {
        if (!wanted.IsDue(time.GetUtcNow()) && await _secrets.IsIntactAsync(wanted, cancellationToken))
        {
            return;
        }

        string? problem = null;
        _calls.Add(1, wanted.Namespace, wanted.Name);
        try
        {
            await _secrets.WriteAsync(wanted, await ValuesAsync(wanted, cancellationToken), cancellationToken);
            LogSynced(log, wanted.Namespace, wanted.Target);
        }
        catch (Exception failure) when (failure is VaultException or FormatException)
        {
            problem = failure.Message;
            _errors.Add(1, wanted.Namespace, wanted.Name);
            LogFailed(log, wanted.Namespace, wanted.Name, problem);
        }

        _ready.Set(problem is null ? 1 : 0, wanted.Namespace, wanted.Name, "Ready", "True");
        _ready.Set(problem is null ? 0 : 1, wanted.Namespace, wanted.Name, "Ready", "False");
        await writer.MergeAsync(wanted.Path + "/status", StatusOf(wanted, problem), cancellationToken);
    }

    private async Task<ImmutableSortedDictionary<string, string>> ValuesAsync(
        ExternalSecret wanted, CancellationToken cancellationToken)
    {
        var path = $"/apis/external-secrets.io/v1beta1/namespaces/{Uri.EscapeDataString(wanted.Namespace)}"
            + $"/secretstores/{Uri.EscapeDataString(wanted.Store)}";
        var address = VaultAddress.Read(await reader.GetAsync(path, cancellationToken) as JsonObject ?? []);
        var token = await _secrets.ValueAsync(
            wanted.Namespace, address.TokenSecret, address.TokenKey, cancellationToken);
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, name) in wanted.Keys)
        {
            values[key] = await vaults.ReadAsync(address.Vault, token.Trim(), name, cancellationToken);
        }

        return values.ToImmutable();
    }

    private JsonObject StatusOf(ExternalSecret wanted, string? problem)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var status = new JsonObject
        {
            ["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Ready",
                ["status"] = problem is null ? "True" : "False",
                ["reason"] = problem is null ? "SecretSynced" : "SecretSyncedError",
                ["message"] = problem ?? "Secret was synced",
                ["lastTransitionTime"] = now,
            }),
        };
        if (problem is null)
        {
            status["refreshTime"] = now;
            status["syncedResourceVersion"] = wanted.Version;
        }

        return new JsonObject { ["status"] = status };
    }

    private void ReportOnce(string reason)
    {
        if (!_failing)
        {
            LogOutage(log, reason);
        }

        _failing = true;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Secret {Namespace}/{Name} was synced")]
    private static partial void LogSynced(ILogger log, string @namespace, string name);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "ERROR {Namespace}/{Name} was not synced: {Reason}")]
    private static partial void LogFailed(ILogger log, string @namespace, string name, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "ERROR ExternalSecrets cannot be read: {Reason}")]
    private static partial void LogOutage(ILogger log, string reason);
}
