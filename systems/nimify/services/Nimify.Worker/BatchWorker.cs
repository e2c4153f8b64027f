using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nimify.Predictions;
using Reference.Database;
using Reference.Telemetry;

namespace Nimify.Worker;

/// <summary>
/// Takes queued batches one by one and has them predicted. A batch that Triton cannot take now waits.
/// </summary>
internal sealed partial class BatchWorker(PredictionStore store, TritonClient triton, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Metric _done = new(MetricKind.Counter, "nim_batches_total", "Batches ended.", "state");
    private readonly Metric _queue = new(MetricKind.Gauge, "nim_queue_size", "Batches that wait.");
    private bool _failing;

    public ImmutableArray<IMetric> Metrics => [_done, _queue];

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var prepared = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            var worked = false;
            try
            {
                if (!prepared)
                {
                    await store.PrepareAsync(cancellationToken);
                    prepared = true;
                }

                _queue.Set(await store.QueuedAsync(cancellationToken));
                worked = await store.TakeAsync(cancellationToken) is { } batch
                    && await PredictAsync(batch, cancellationToken);
                _failing = false;
            }
            catch (Exception failure) when (DatabaseOutage.Is(failure))
            {
                ReportOnce($"PostgreSQL cannot serve: {DatabaseOutage.Describe(failure)}");
            }

            if (!worked)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private async Task<bool> PredictAsync(Batch batch, CancellationToken cancellationToken)
    {
        var (rows, problem) = PredictionInput.Parse(batch.Input);
        var answer = problem is null
            ? await triton.InferAsync(batch.Model, rows, cancellationToken)
            : new TritonAnswer.Refused(problem);
        switch (answer)
        {
            case TritonAnswer.Predicted { Rows: var outputs }:
                JsonArray output = [.. outputs.Select(row =>
                    (JsonNode)new JsonArray([.. row.Select(value => (JsonNode)value)]))];
                await store.EndAsync(batch.Id, output.ToJsonString(), null, cancellationToken);
                _done.Add(1, "done");
                return true;
            case TritonAnswer.Refused { Reason: var reason }:
                await store.EndAsync(batch.Id, null, reason, cancellationToken);
                _done.Add(1, "failed");
                return true;
            default:
                await store.EndAsync(batch.Id, null, null, cancellationToken);
                ReportOnce($"Triton cannot serve, batch {batch.Id} waits: {((TritonAnswer.Unavailable)answer).Reason}");
                return false;
        }
    }

    private void ReportOnce(string reason)
    {
        if (!_failing)
        {
            LogWaiting(log, reason);
        }

        _failing = true;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Reason}")]
    private static partial void LogWaiting(ILogger log, string reason);
}
