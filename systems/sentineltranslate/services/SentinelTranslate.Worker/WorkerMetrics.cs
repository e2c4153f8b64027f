using System.Collections.Immutable;
using Reference.Redis;
using SentinelTranslate.Queue.Jobs;
using Reference.Telemetry;

namespace SentinelTranslate.Worker;

/// <summary>What a worker tells Prometheus.</summary>
internal sealed class WorkerMetrics(JobChannel queue)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(400);

    private readonly Metric _tasks = new(MetricKind.Counter, "celery_task_total", "Jobs finished.");
    private readonly Metric _failed = new(MetricKind.Counter, "celery_task_failed_total", "Jobs that failed.");
    private readonly Metric _active = new(MetricKind.Gauge, "celery_workers_active", "1 while the broker answers.");
    private readonly Metric _workers = new(MetricKind.Gauge, "celery_workers_total", "This worker.");
    private readonly Histogram _duration = new(
        "celery_task_duration_seconds", "Time spent on a job.", [0.05, 0.25, 1, 5, 15, 60, 300]);

    // Replaced when the length is not known: an old number would be a lie, and a missing series is not.
    private Metric _length = Length();

    public ImmutableArray<IMetric> All => [_tasks, _failed, _duration, _active, _workers, new Current(this)];

    public void Connected(bool connected) => _active.Set(connected ? 1 : 0);

    public void Finished(bool succeeded, TimeSpan duration)
    {
        _tasks.Add(1);
        _failed.Add(succeeded ? 0 : 1);
        _duration.Observe(duration.TotalSeconds);
    }

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _workers.Set(1);
        var length = Length();
        try
        {
            length.Set(await queue.LengthAsync(AnswerLimit, cancellationToken));
        }
        catch (RedisUnavailableException)
        {
            // Told by celery_workers_active and by the missing series; the loop that takes jobs logs it.
        }

        _length = length;
    }

    private static Metric Length() => new(MetricKind.Gauge, "celery_queue_length", "Jobs that wait.");

    private sealed class Current(WorkerMetrics owner) : IMetric
    {
        public void WriteTo(System.Text.StringBuilder text) => owner._length.WriteTo(text);
    }
}
