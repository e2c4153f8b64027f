using System.Collections.Immutable;
using Npgsql;
using Reference.Database;

namespace PyAirtable.Platform;

/// <summary>The tables of each user.</summary>
/// <remarks>Every method throws what <see cref="DatabaseOutage"/> knows when the database cannot serve.</remarks>
internal sealed class TableStore(NpgsqlDataSource database)
{
    private static readonly ImmutableArray<string> Statements =
    [
        """
        CREATE TABLE tables (id uuid PRIMARY KEY, owner uuid NOT NULL, name text NOT NULL, fields jsonb NOT NULL,
            at timestamptz NOT NULL DEFAULT now())
        """,
        "CREATE INDEX tables_owner ON tables (owner, at)",
        """
        CREATE TABLE records (id uuid PRIMARY KEY, table_id uuid NOT NULL REFERENCES tables ON DELETE CASCADE,
            fields jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now())
        """,
        "CREATE INDEX records_table ON records (table_id, at)",
    ];

    /// <summary>Brings the tables up to date; safe to call from every replica.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) =>
        TableVersions.MigrateAsync(database, "platform", Statements, cancellationToken);

    /// <summary>Throws when the database does not answer.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT 1 FROM tables LIMIT 1");
        _ = await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task AddAsync(Guid owner, Table table, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "INSERT INTO tables (id, owner, name, fields) VALUES ($1, $2, $3, $4::jsonb)");
        command.Bind(table.Id, owner, table.Name, table.FieldsJson().ToJsonString());
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<ImmutableArray<Table>> ListAsync(Guid owner, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT id, name, fields::text FROM tables WHERE owner = $1 ORDER BY at");
        command.Bind(owner);
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>Looks a table up; null when there is none, or somebody else's.</summary>
    public async Task<Table?> FindAsync(Guid owner, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT id, name, fields::text FROM tables WHERE owner = $1 AND id = $2");
        command.Bind(owner, id);
        return (await ReadAsync(command, cancellationToken)).FirstOrDefault();
    }

    /// <summary>Deletes a table with its records.</summary>
    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("DELETE FROM tables WHERE id = $1");
        command.Bind(id);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<ImmutableArray<Table>> ReadAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var tables = ImmutableArray.CreateBuilder<Table>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(new Table(reader.GetGuid(0), reader.GetString(1), Table.ReadFields(reader.GetString(2))));
        }

        return tables.ToImmutable();
    }
}
