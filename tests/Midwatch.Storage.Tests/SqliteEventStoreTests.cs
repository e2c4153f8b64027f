using System.Diagnostics;
using System.Globalization;
using Midwatch.Incidents;
using Midwatch.Incidents.Journal;
using Midwatch.Storage.Sqlite;

namespace Midwatch.Storage.Tests;

public sealed class SqliteEventStoreTests : EventStoreContract, IDisposable
{
    private static readonly StreamId Stream = StreamId.Of(IncidentId.FromNumber(7));

    private readonly string _directory = Directory.CreateTempSubdirectory("midwatch-store-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Journal => Path.Combine(_directory, "journal.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task What_was_written_is_there_after_closing_and_opening()
    {
        await using (var store = await OpenAsync())
        {
            await store.AppendAsync(Stream, 0, Entries("a", "b"), Token);
        }

        await using var again = await OpenAsync();
        Assert.Equal(2, (await again.ReadStreamAsync(Stream, 0, Token)).Length);
        Assert.IsType<AppendResult.Appended>(await again.AppendAsync(Stream, 2, Entries("c"), Token));
    }

    [Fact]
    public async Task A_second_opener_is_refused_and_told_who_the_first_is()
    {
        await using var store = await OpenAsync();
        var refused = Assert.IsType<StoreOpening.Refused>(SqliteEventStore.Open(_directory, "midwatch run, process 2"));
        Assert.Contains("in use by midwatch demo, process 1", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_gives_the_directory_free()
    {
        await (await OpenAsync()).DisposeAsync();
        await using var again = await OpenAsync();
        Assert.NotNull(again);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_by_name()
    {
        File.WriteAllText(Journal, "# Runbook\n" + new string('x', 4096));
        var refused = Assert.IsType<StoreOpening.Refused>(SqliteEventStore.Open(_directory, "test"));
        Assert.Contains("journal.db is not a journal of Midwatch", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_journal_is_refused_by_name()
    {
        await using (var store = await OpenAsync())
        {
            for (var version = 0; version < 400; version++)
            {
                await store.AppendAsync(Stream, version, Entries(new string('t', 200)), Token);
            }
        }

        var bytes = await File.ReadAllBytesAsync(Journal, Token);
        Array.Fill(bytes, (byte)0xEE, bytes.Length / 4, bytes.Length / 2);
        await File.WriteAllBytesAsync(Journal, bytes, Token);
        var refused = Assert.IsType<StoreOpening.Refused>(SqliteEventStore.Open(_directory, "test"));
        Assert.Contains("is damaged", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_refused_with_a_remedy()
    {
        var file = Path.Combine(_directory, "file");
        File.WriteAllText(file, string.Empty);
        var refused = Assert.IsType<StoreOpening.Refused>(SqliteEventStore.Open(Path.Combine(file, "below"), "test"));
        Assert.Contains("--data", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_told_as_such_and_what_was_answered_stays()
    {
        await using var store = await OpenAsync();
        await store.AppendAsync(Stream, 0, Entries("a"), Token);
        await using (var limit = Assert.IsType<SqliteEventStore>(store).LimitPages(8))
        {
            var failed = await Assert.ThrowsAsync<StoreFailedException>(
                () => store.AppendAsync(Stream, 1, [new JournalEntry("big", new string('x', 100_000))], Token));
            Assert.Contains("disk is full", failed.Message, StringComparison.Ordinal);
            Assert.Contains("Free space", failed.Remedy, StringComparison.Ordinal);
        }

        Assert.Single(await store.ReadStreamAsync(Stream, 0, Token));
    }

    [Fact]
    public async Task Every_answered_append_survives_kill_9()
    {
        using var writer = StartWriter();
        var answered = 0L;
        while (answered < 25 && await writer.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            answered = long.Parse(line, CultureInfo.InvariantCulture);
        }

        // SIGKILL, to this one process, while it goes on appending.
        writer.Kill();
        while (await writer.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            answered =
                long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : answered;
        }

        await writer.WaitForExitAsync(Token);
        await using var store = await OpenAsync();
        var kept = await store.ReadStreamAsync(StreamId.Of(IncidentId.FromNumber(1)), 0, Token);
        Assert.InRange(kept.Length, answered, long.MaxValue);
        Assert.True(answered >= 25, "The writer ended before it was killed.");
    }

    protected override Task<IEventStore> OpenAsync() => SqliteEventStore.Open(_directory,
        "midwatch demo, process 1") switch
    {
        StoreOpening.Opened opened => Task.FromResult<IEventStore>(opened.Store),
        StoreOpening.Refused refused => throw new InvalidOperationException($"{refused.Reason} {refused.Remedy}"),
        var other => throw new InvalidOperationException($"{other}"),
    };

    // This test program itself, started with a hidden first argument (ChildWriter).
    private Process StartWriter() => Process.Start(new ProcessStartInfo(
        Path.ChangeExtension(typeof(SqliteEventStoreTests).Assembly.Location, null), [ChildWriter.Argument, _directory])
    {
        RedirectStandardOutput = true,
    }) ?? throw new InvalidOperationException("The writer did not start.");
}
