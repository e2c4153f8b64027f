using Microsoft.Data.Sqlite;

namespace Midwatch.Storage.Sqlite;

/// <summary>What a result code of SQLite means for people (https://sqlite.org/rescode.html).</summary>
internal static class SqliteProblem
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static string Describe(SqliteException problem) => problem.SqliteErrorCode switch
    {
        Busy or Locked => "is locked by another program",
        ReadOnly => "may only be read",
        InputOutput => "could not be read or written (input/output error)",
        Corrupt => "is damaged",
        Full => "cannot grow: the disk is full",
        CannotOpen => "cannot be opened",
        NotADatabase => "is not a journal of Midwatch",
        _ => $"failed: {problem.Message}",
    };

    public static string Remedy(SqliteException problem) => problem.SqliteErrorCode switch
    {
        Busy or Locked => "Close the program that has it open (sqlite3, a backup), then try again.",
        ReadOnly or CannotOpen => "Check owner and mode of the data directory.",
        Full => "Free space on that disk, then start again: nothing that was answered is lost.",
        InputOutput => "Check the disk, then start again.",
        Corrupt or NotADatabase => "Restore it from a copy, or give --data another directory.",
        _ => "Give --data another directory, and report this.",
    };
}
