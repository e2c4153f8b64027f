using Npgsql;

namespace Reference.Database;

/// <summary>Makes a service's tables, each statement once and in order, whoever of its replicas comes first.</summary>
public static class TableVersions
{
    /// <summary>Brings the database up to date; safe to call from many replicas at once.</summary>
    /// <param name="name">The service's name; its statements are counted under it.</param>
    /// <param name="statements">Never changed once released: new ones are added at the end.</param>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses.</exception>
    public static async Task MigrateAsync(
        NpgsqlDataSource database, string name, IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, "SELECT pg_advisory_xact_lock(hashtext('schema'))", cancellationToken);
        await RunAsync(connection,
            "CREATE TABLE IF NOT EXISTS schema_version (service text PRIMARY KEY, version int NOT NULL)",
            cancellationToken);
        await using var read = new NpgsqlCommand("SELECT version FROM schema_version WHERE service = $1", connection)
        {
            Parameters = { new() { Value = name } },
        };
        var done = await read.ExecuteScalarAsync(cancellationToken) as int? ?? 0;
        foreach (var statement in statements.Skip(done))
        {
            await RunAsync(connection, statement, cancellationToken);
        }

        await using var write = new NpgsqlCommand(
            "INSERT INTO schema_version VALUES ($1, $2) ON CONFLICT (service) DO UPDATE SET version = $2", connection)
        {
            Parameters = { new() { Value = name }, new() { Value = statements.Count } },
        };
        _ = await write.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(statement) } };
        _ = await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
