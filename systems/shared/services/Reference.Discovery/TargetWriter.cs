using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Reference.ClusterApi;

namespace Reference.Discovery;

/// <summary>
/// Keeps the targets file up to date. While the API server does not answer, the file stays as it was.
/// </summary>
internal sealed partial class TargetWriter(
    ApiReader api, DiscoverySettings settings, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private string? _written;
    private bool _failing;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await WriteAsync(Targets.FromPods(await PodsAsync(cancellationToken)), cancellationToken);
                _failing = false;
            }
            catch (Exception failure) when (ApiReader.IsOutage(failure, cancellationToken))
            {
                if (!_failing)
                {
                    LogOutage(log, failure.Message);
                }

                _failing = true;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<IEnumerable<JsonObject>> PodsAsync(CancellationToken cancellationToken)
    {
        var spaces = settings.Namespaces.IsEmpty ? [settings.Account.Namespace] : settings.Namespaces;
        var lists = await Task.WhenAll(spaces.Select(space => api.ListAsync(
            $"/api/v1/namespaces/{Uri.EscapeDataString(space)}/pods", cancellationToken)));
        return lists.SelectMany(list => list);
    }

    private async Task WriteAsync(string targets, CancellationToken cancellationToken)
    {
        if (targets == _written)
        {
            return;
        }

        // Renamed into place: Prometheus must never read half a file.
        var draft = settings.TargetsFile + ".new";
        await File.WriteAllTextAsync(draft, targets, cancellationToken);
        File.Move(draft, settings.TargetsFile, overwrite: true);
        _written = targets;
        LogWritten(log, settings.TargetsFile, targets.Length);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Wrote {File}, {Length} characters")]
    private static partial void LogWritten(ILogger log, string file, int length);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error,
        Message = "Cannot list the pods, the targets stay as they were: {Reason}")]
    private static partial void LogOutage(ILogger log, string reason);
}
