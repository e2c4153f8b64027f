using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Reference.Redis;
using Reference.Redis.Resp;
using Reference.Telemetry;

namespace Reference.RedisExporter;

/// <summary>Asks Redis how it is, each time Prometheus asks us.</summary>
internal sealed partial class RedisProbe(RedisClient redis, ILogger log)
{
    // Below the shortest scrape timeout in use (1 s): a hanging Redis must be told as redis_up 0, not as no answer.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(400);

    private readonly Metric _up = new(MetricKind.Gauge, "redis_up", "1 when Redis answers.");

    private readonly (string Field, Metric Metric)[] _fields =
    [
        ("used_memory", Gauge("redis_memory_used_bytes", "Memory in use.")),
        ("maxmemory", Gauge("redis_memory_max_bytes", "Memory it may use; 0 for no limit.")),
        ("connected_clients", Gauge("redis_connected_clients", "Open client connections.")),
        ("total_commands_processed", new Metric(
            MetricKind.Counter, "redis_commands_processed_total", "Commands executed since it started.")),
    ];

    private bool _wasUp = true;

    public ImmutableArray<IMetric> All => [_up, .. _fields.Select(pair => pair.Metric)];

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reply = await redis.ExecuteAsync(AnswerLimit, cancellationToken, "INFO");
            Read((reply as RespValue.Bulk)?.Text ?? "");
            _up.Set(reply is RespValue.Bulk ? 1 : 0);
            _wasUp = true;
        }
        catch (RedisUnavailableException failure)
        {
            _up.Set(0);
            if (_wasUp)
            {
                LogDown(log, failure.Message);
            }

            _wasUp = false;
        }
    }

    private void Read(string answer)
    {
        foreach (var line in answer.Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var metric = colon < 0 ? null : _fields.FirstOrDefault(field => field.Field == line[..colon]).Metric;
            if (metric is not null
                && double.TryParse(line[(colon + 1)..], CultureInfo.InvariantCulture, out var value))
            {
                metric.Set(value);
            }
        }
    }

    private static Metric Gauge(string name, string help) => new(MetricKind.Gauge, name, help);

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "Redis does not answer: {Reason}")]
    private static partial void LogDown(ILogger log, string reason);
}
