using System.Text.Json.Nodes;
using Npgsql;
using Reference.Database;

namespace PyAirtable.Platform;

/// <summary>The records of a table. They leave the database as the JSON that callers get.</summary>
/// <remarks>Every method throws what <see cref="DatabaseOutage"/> knows when the database cannot serve.</remarks>
internal sealed class RecordStore(NpgsqlDataSource database, TimeProvider time)
{
    private const string Record = "json_build_object('id', id, 'created_at', at, 'fields', fields)::text";

    public Task<JsonNode?> AddAsync(Guid table, JsonObject fields, CancellationToken cancellationToken) => AskAsync(
        $"INSERT INTO records (id, table_id, fields) VALUES ($1, $2, $3::jsonb) RETURNING {Record}",
        cancellationToken, Guid.CreateVersion7(time.GetUtcNow()), table, fields.ToJsonString());

    /// <summary>Lists a page of the records, the oldest first.</summary>
    public async Task<JsonNode> ListAsync(Guid table, int limit, int offset, CancellationToken cancellationToken) =>
        await AskAsync($"""
            SELECT COALESCE(json_agg({Record}::json), '[]')::text FROM (
                SELECT * FROM records WHERE table_id = $1 ORDER BY at, id LIMIT $2 OFFSET $3) page
            """, cancellationToken, table, limit, offset) ?? new JsonArray();

    /// <summary>Looks a record up; null when there is none.</summary>
    public Task<JsonNode?> FindAsync(Guid table, Guid id, CancellationToken cancellationToken) => AskAsync(
        $"SELECT {Record} FROM records WHERE table_id = $1 AND id = $2", cancellationToken, table, id);

    /// <summary>Changes the fields that are given; null when there is no such record.</summary>
    public Task<JsonNode?> ChangeAsync(Guid table, Guid id, JsonObject fields, CancellationToken cancellationToken) =>
        AskAsync($"UPDATE records SET fields = fields || $3::jsonb WHERE table_id = $1 AND id = $2 RETURNING {Record}",
            cancellationToken, table, id, fields.ToJsonString());

    /// <summary>Deletes a record; null when there is no such record.</summary>
    public Task<JsonNode?> DeleteAsync(Guid table, Guid id, CancellationToken cancellationToken) => AskAsync(
        $"DELETE FROM records WHERE table_id = $1 AND id = $2 RETURNING {Record}", cancellationToken, table, id);

    private async Task<JsonNode?> AskAsync(
        string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        command.Bind(values);
        return await command.ExecuteScalarAsync(cancellationToken) is string json ? JsonNode.Parse(json) : null;
    }
}
