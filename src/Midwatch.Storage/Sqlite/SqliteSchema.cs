using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Midwatch.Storage.Sqlite;

/// <summary>The tables, and the settings under which an append that has returned survives a power cut.</summary>
internal static class SqliteSchema
{
    // "MidW" in ASCII: so that no other program's file is taken for ours.
    private const long ApplicationId = 0x4D696457;
    private const long Version = 1;

    /// <summary>Makes the tables in a new file, and checks an old one.</summary>
    /// <returns>Null when the file is ours; otherwise what is wrong with it.</returns>
    public static string? Prepare(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master";
        var isNew = Number(command) == 0;
        command.CommandText = "PRAGMA application_id";
        if (!isNew && Number(command) != ApplicationId)
        {
            return "is not a journal of Midwatch";
        }

        command.CommandText = "PRAGMA user_version";
        if (Number(command) is var version && version > Version)
        {
            return string.Create(CultureInfo.InvariantCulture, $"was written by a later Midwatch (layout {version})");
        }

        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() as string is var found && found != "ok")
        {
            return $"is damaged ({found})";
        }

        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;";
        command.ExecuteNonQuery();
        if (isNew)
        {
            command.CommandText = """
                BEGIN IMMEDIATE;
                CREATE TABLE events (
                    position INTEGER PRIMARY KEY AUTOINCREMENT,
                    stream TEXT NOT NULL,
                    version INTEGER NOT NULL CHECK (version > 0),
                    type TEXT NOT NULL,
                    data TEXT NOT NULL,
                    UNIQUE (stream, version)
                );
                PRAGMA application_id = 1298752599;
                PRAGMA user_version = 1;
                COMMIT;
                """;
            command.ExecuteNonQuery();
        }

        return null;
    }

    private static long Number(SqliteCommand command) =>
        Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
}
