using System.Text.Json;

namespace SentinelTranslate.Discovery;

/// <summary>
/// Keeps the targets file up to date. While the API server does not answer, the file stays as it was.
/// </summary>
internal sealed class TargetWriter(PodList pods, DiscoverySettings settings, TimeProvider time)
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
                await WriteAsync(Targets.FromPods(await pods.ReadAsync(cancellationToken)), cancellationToken);
                _failing = false;
            }
            catch (Exception failure) when (Expected(failure, cancellationToken))
            {
                await ReportOnceAsync(failure.Message);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    // HttpClient tells its own time limit as a cancellation that nobody asked for.
    private static bool Expected(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or JsonException or IOException
        || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested);

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
        await Console.Out.WriteLineAsync($"Wrote {settings.TargetsFile}, {targets.Length} characters");
    }

    private async Task ReportOnceAsync(string reason)
    {
        if (!_failing)
        {
            await Console.Error.WriteLineAsync($"Cannot list the pods, the targets stay as they were: {reason}");
        }

        _failing = true;
    }
}
