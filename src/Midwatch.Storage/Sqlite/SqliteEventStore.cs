using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Midwatch.Incidents.Journal;

namespace Midwatch.Storage.Sqlite;

/// <summary>
/// The journal of one data directory in one SQLite file, <c>journal.db</c>. One connection, used by one caller at a
/// time: SQLite writes one transaction at a time anyhow.
/// </summary>
public sealed class SqliteEventStore : IEventStore
{
    private const string FileName = "journal.db";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly SqliteConnection _connection;
    private readonly DataDirectoryLock _lock;
    private readonly string _path;

    private SqliteEventStore(SqliteConnection connection, DataDirectoryLock directoryLock, string path) =>
        (_connection, _lock, _path) = (connection, directoryLock, path);

    /// <summary>Opens the journal of a data directory, making both when they are not there.</summary>
    /// <param name="owner">Who opens it, for the message that a second one gets: command and process id.</param>
    public static StoreOpening Open(string directory, string owner)
    {
        switch (DataDirectoryLock.TryTake(directory, owner))
        {
            case LockAttempt.Refused refused:
                return new StoreOpening.Refused(refused.Reason, refused.Remedy);
            case LockAttempt.Taken taken:
                return Open(Path.Combine(directory, FileName), taken.Lock);
            default:
                throw new InvalidOperationException("A lock that is neither taken nor refused.");
        }
    }

    /// <inheritdoc />
    public Task<AppendResult> AppendAsync(
        StreamId stream,
        long expectedVersion,
        ImmutableArray<JournalEntry> entries,
        CancellationToken cancellationToken)
    {
        if (entries.IsDefaultOrEmpty)
        {
            throw new ArgumentException("An append without events.", nameof(entries));
        }

        return TakeTurnAsync(() => Append(stream, expectedVersion, entries), cancellationToken);
    }

    /// <inheritdoc />
    public Task<ImmutableArray<StoredEntry>> ReadStreamAsync(
        StreamId stream, long afterVersion, CancellationToken cancellationToken) =>
        TakeTurnAsync(() => ReadStream(stream, afterVersion), cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<StoredEntry>> ReadAllAsync(
        long afterPosition, int most, CancellationToken cancellationToken) =>
        TakeTurnAsync(() => ReadAll(afterPosition, most), cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        await _connection.DisposeAsync();
        _lock.Dispose();
        _turn.Dispose();
    }

    /// <summary>Lets the file grow to so many pages only, until disposed: as a full disk would.</summary>
    internal IAsyncDisposable LimitPages(int pages) => new PageLimit(this, pages);

    private static StoreOpening Open(string path, DataDirectoryLock directoryLock)
    {
        SQLitePCL.Batteries_V2.Init();

        // Without a pool: closing has to close the file, since the lock is given on right afterwards.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadWriteCreate,
        }.ToString());
        var wrong = "cannot be opened";
        try
        {
            connection.Open();
            wrong = SqliteSchema.Prepare(connection);
            if (wrong is null)
            {
                return new StoreOpening.Opened(new SqliteEventStore(connection, directoryLock, path));
            }
        }
        catch (SqliteException problem)
        {
            wrong = SqliteProblem.Describe(problem);
        }

        connection.Dispose();
        directoryLock.Dispose();
        return new StoreOpening.Refused(
            $"The journal {path} {wrong}.",
            "Give --data another directory; keep this one, its events may still be read by hand (sqlite3 .recover).");
    }

    private AppendResult Append(StreamId stream, long expectedVersion, ImmutableArray<JournalEntry> entries)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        var version = CurrentVersion(transaction, stream);
        if (version != expectedVersion)
        {
            return new AppendResult.Stale(version);
        }

        using var insert = _connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText =
            "INSERT INTO events (stream, version, type, data) VALUES ($stream, $version, $type, $data) "
            + "RETURNING position";
        insert.Parameters.AddWithValue("$stream", stream.Value);
        var versionParameter = insert.Parameters.Add("$version", SqliteType.Integer);
        var typeParameter = insert.Parameters.Add("$type", SqliteType.Text);
        var dataParameter = insert.Parameters.Add("$data", SqliteType.Text);
        var first = 0L;
        foreach (var entry in entries)
        {
            versionParameter.Value = ++version;
            typeParameter.Value = entry.Type;
            dataParameter.Value = entry.Data;
            var position = Convert.ToInt64(insert.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
            first = first == 0 ? position : first;
        }

        transaction.Commit();
        return new AppendResult.Appended(version, first);
    }

    private long CurrentVersion(SqliteTransaction transaction, StreamId stream)
    {
        using var select = _connection.CreateCommand();
        select.Transaction = transaction;
        select.CommandText = "SELECT coalesce(max(version), 0) FROM events WHERE stream = $stream";
        select.Parameters.AddWithValue("$stream", stream.Value);
        return Convert.ToInt64(select.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private ImmutableArray<StoredEntry> ReadStream(StreamId stream, long afterVersion)
    {
        using var select = _connection.CreateCommand();
        select.CommandText = "SELECT stream, version, position, type, data FROM events "
            + "WHERE stream = $stream AND version > $after ORDER BY version";
        select.Parameters.AddWithValue("$stream", stream.Value);
        select.Parameters.AddWithValue("$after", afterVersion);
        var entries = Read(select);
        for (var i = 0; i < entries.Length; i++)
        {
            // Checked on the way out as well as on the way in: a gap means that the file was changed by another hand.
            if (entries[i].Version != afterVersion + i + 1)
            {
                throw new StoreFailedException(
                    $"The stream '{stream}' in {_path} lacks version {afterVersion + i + 1}.",
                    "The file was changed from outside; restore it from a copy, or begin a new data directory.");
            }
        }

        return entries;
    }

    private ImmutableArray<StoredEntry> ReadAll(long afterPosition, int most)
    {
        using var select = _connection.CreateCommand();
        select.CommandText = "SELECT stream, version, position, type, data FROM events "
            + "WHERE position > $after ORDER BY position LIMIT $most";
        select.Parameters.AddWithValue("$after", afterPosition);
        select.Parameters.AddWithValue("$most", most);
        return Read(select);
    }

    private static ImmutableArray<StoredEntry> Read(SqliteCommand select)
    {
        using var reader = select.ExecuteReader();
        var entries = ImmutableArray.CreateBuilder<StoredEntry>();
        while (reader.Read())
        {
            entries.Add(new StoredEntry(
                StreamId.FromStored(reader.GetString(0)),
                reader.GetInt64(1),
                reader.GetInt64(2),
                new JournalEntry(reader.GetString(3), reader.GetString(4))));
        }

        return entries.ToImmutable();
    }

    private async Task<T> TakeTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        catch (SqliteException problem)
        {
            throw new StoreFailedException(
                $"The journal {_path} {SqliteProblem.Describe(problem)}.", SqliteProblem.Remedy(problem), problem);
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed class PageLimit : IAsyncDisposable
    {
        private const long NoLimit = 1_073_741_823;

        private readonly SqliteEventStore _store;

        public PageLimit(SqliteEventStore store, int pages)
        {
            _store = store;
            Set(pages);
        }

        public ValueTask DisposeAsync()
        {
            Set(NoLimit);
            return ValueTask.CompletedTask;
        }

        private void Set(long pages) => SQLitePCL.raw.sqlite3_exec(
            _store._connection.Handle, string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
    }
}
