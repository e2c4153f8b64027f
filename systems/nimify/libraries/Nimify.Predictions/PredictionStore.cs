using System.Collections.Immutable;
using Npgsql;
using Reference.Database;

namespace Nimify.Predictions;

/// <summary>The tables: which predictions were made, and the batches that wait for a worker.</summary>
/// <remarks>Every method throws what <see cref="DatabaseOutage"/> knows when the database cannot serve.</remarks>
public sealed class PredictionStore(NpgsqlDataSource database)
{
    private static readonly ImmutableArray<string> Tables =
    [
        """
        CREATE TABLE predictions (request_id uuid PRIMARY KEY, model text NOT NULL, rows int NOT NULL,
            at timestamptz NOT NULL DEFAULT now())
        """,
        """
        CREATE TABLE batches (id uuid PRIMARY KEY, model text NOT NULL, input jsonb NOT NULL,
            state text NOT NULL DEFAULT 'queued', output jsonb, error text, at timestamptz NOT NULL DEFAULT now())
        """,
        "CREATE INDEX batches_queued ON batches (at) WHERE state = 'queued'",
    ];

    /// <summary>Brings the tables up to date; safe to call from every replica.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) =>
        TableVersions.MigrateAsync(database, "nimify", Tables, cancellationToken);

    /// <summary>Notes a prediction that was made.</summary>
    public async Task RecordAsync(Guid request, string model, int rows, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "INSERT INTO predictions (request_id, model, rows) VALUES ($1, $2, $3)");
        command.Bind(request, model, rows);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Puts a batch into the queue.</summary>
    public async Task QueueAsync(Guid id, string model, string input, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "INSERT INTO batches (id, model, input) VALUES ($1, $2, $3::jsonb)");
        command.Bind(id, model, input);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Looks a batch up; null when there is none of that id.</summary>
    public async Task<Batch?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT id, model, input::text, state, output::text, error FROM batches WHERE id = $1");
        command.Bind(id);
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Takes the oldest batch; no other worker gets it. Null when none waits.</summary>
    public async Task<Batch?> TakeAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE batches SET state = 'running' WHERE id = (
                SELECT id FROM batches WHERE state = 'queued' ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, model, input::text, state, output::text, error
            """);
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Ends a batch with its outputs or with what went wrong; or puts it back when both are null.</summary>
    public async Task EndAsync(Guid id, string? output, string? error, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "UPDATE batches SET state = $2, output = $3::jsonb, error = $4 WHERE id = $1");
        var state = (output, error) switch { (null, null) => "queued", (null, _) => "failed", _ => "done" };
        command.Bind(id, state, output, error);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Counts the batches that wait.</summary>
    public async Task<long> QueuedAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM batches WHERE state = 'queued'");
        return await command.ExecuteScalarAsync(cancellationToken) as long? ?? 0;
    }

    private static async Task<Batch?> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Batch(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
                Text(reader, 4), Text(reader, 5))
            : null;
    }

    private static string? Text(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}

/// <summary>Rows that are predicted by a worker, some time later.</summary>
/// <param name="Input">The rows, as JSON.</param>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
public sealed record Batch(Guid Id, string Model, string Input, string State, string? Output, string? Error);
