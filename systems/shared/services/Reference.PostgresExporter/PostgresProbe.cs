using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Npgsql;
using Reference.Database;
using Reference.Telemetry;

namespace Reference.PostgresExporter;

/// <summary>Asks PostgreSQL how it is, each time Prometheus asks us; named as postgres_exporter does.</summary>
internal sealed partial class PostgresProbe(NpgsqlDataSource database, ILogger log)
{
    private const string Question = """
        SELECT datname, numbackends, xact_commit + xact_rollback, pg_database_size(datid)
        FROM pg_stat_database WHERE datname = current_database()
        """;

    // Below the shortest scrape timeout in use (1 s): a hanging PostgreSQL must be told as pg_up 0, not as no answer.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(800);

    private readonly Metric _up = new(MetricKind.Gauge, "pg_up", "1 when PostgreSQL answers.");
    private readonly Metric _backends = new(
        MetricKind.Gauge, "pg_stat_database_numbackends", "Open connections.", "datname");

    private readonly Metric _transactions = new(
        MetricKind.Counter, "pg_stat_database_xact_total", "Transactions, committed or not.", "datname");

    private readonly Metric _size = new(MetricKind.Gauge, "pg_database_size_bytes", "Space on disk.", "datname");
    private bool _wasUp = true;

    public ImmutableArray<IMetric> All => [_up, _backends, _transactions, _size];

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A database that hangs lets its connections wait for seconds: told after one, the reading is left to end.
            var reading = ReadAsync(cancellationToken);
            _ = reading.ContinueWith(late => late.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            await reading.WaitAsync(AnswerLimit, cancellationToken);
            _up.Set(1);
            _wasUp = true;
        }
        catch (Exception failure) when (DatabaseOutage.Is(failure))
        {
            _up.Set(0);
            if (_wasUp)
            {
                LogDown(log, DatabaseOutage.Describe(failure));
            }

            _wasUp = false;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Question);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var name = reader.GetString(0);
            _backends.Set(reader.GetInt32(1), name);
            _transactions.Set(reader.GetInt64(2), name);
            _size.Set(reader.GetInt64(3), name);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "PostgreSQL does not answer: {Reason}")]
    private static partial void LogDown(ILogger log, string reason);
}
