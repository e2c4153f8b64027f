using System.Collections.Immutable;
using Midwatch.Incidents;
using Midwatch.Incidents.Journal;

namespace Midwatch.Storage.Tests;

/// <summary>What every event store keeps, whatever is underneath.</summary>
public abstract class EventStoreContract
{
    private static readonly StreamId First = StreamId.Of(IncidentId.FromNumber(1));
    private static readonly StreamId Second = StreamId.Of(IncidentId.FromNumber(2));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_store_is_empty()
    {
        await using var store = await OpenAsync();
        Assert.Empty(await store.ReadStreamAsync(First, 0, Token));
        Assert.Empty(await store.ReadAllAsync(0, 10, Token));
    }

    [Fact]
    public async Task Events_come_back_in_order_with_versions_without_gaps()
    {
        await using var store = await OpenAsync();
        Assert.Equal(2, Version(await store.AppendAsync(First, 0, Entries("a", "b"), Token)));
        Assert.Equal(3, Version(await store.AppendAsync(First, 2, Entries("c"), Token)));

        var read = await store.ReadStreamAsync(First, 0, Token);
        Assert.Equal(["a", "b", "c"], read.Select(stored => stored.Entry.Type));
        Assert.Equal([1, 2, 3], read.Select(stored => stored.Version));
        Assert.All(read, stored => Assert.Equal(First, stored.Stream));
    }

    [Fact]
    public async Task Reading_after_a_version_leaves_out_what_came_before()
    {
        await using var store = await OpenAsync();
        await store.AppendAsync(First, 0, Entries("a", "b", "c"), Token);
        Assert.Equal(["c"], (await store.ReadStreamAsync(First, 2, Token)).Select(stored => stored.Entry.Type));
    }

    [Fact]
    public async Task Data_comes_back_as_it_was_written_whatever_is_in_it()
    {
        const string Data = "{\"text\":\"'; DROP TABLE events; -- \\u0000 «é» 🌙\"}\n";
        await using var store = await OpenAsync();
        await store.AppendAsync(First, 0, [new JournalEntry("note-added", Data)], Token);
        Assert.Equal(Data, Assert.Single(await store.ReadStreamAsync(First, 0, Token)).Entry.Data);
    }

    [Fact]
    public async Task An_append_at_a_stale_version_is_refused_and_writes_nothing()
    {
        await using var store = await OpenAsync();
        await store.AppendAsync(First, 0, Entries("a"), Token);
        var refused = await store.AppendAsync(First, 0, Entries("x", "y"), Token);
        Assert.Equal(new AppendResult.Stale(1), refused);
        Assert.Equal(["a"], (await store.ReadStreamAsync(First, 0, Token)).Select(stored => stored.Entry.Type));
    }

    [Fact]
    public async Task An_append_ahead_of_the_stream_is_refused()
    {
        await using var store = await OpenAsync();
        Assert.Equal(new AppendResult.Stale(0), await store.AppendAsync(First, 1, Entries("a"), Token));
    }

    [Fact]
    public async Task Streams_do_not_see_each_other_and_share_one_order()
    {
        await using var store = await OpenAsync();
        await store.AppendAsync(First, 0, Entries("a"), Token);
        await store.AppendAsync(Second, 0, Entries("b"), Token);
        await store.AppendAsync(First, 1, Entries("c"), Token);

        var all = await store.ReadAllAsync(0, 10, Token);
        Assert.Equal(["a", "b", "c"], all.Select(stored => stored.Entry.Type));
        Assert.Equal(all.Select(stored => stored.Position).Order(), all.Select(stored => stored.Position));
        Assert.Equal(["b"], (await store.ReadStreamAsync(Second, 0, Token)).Select(stored => stored.Entry.Type));
    }

    [Fact]
    public async Task All_events_can_be_read_page_by_page()
    {
        await using var store = await OpenAsync();
        await store.AppendAsync(First, 0, Entries("a", "b", "c"), Token);
        var page = await store.ReadAllAsync(0, 2, Token);
        Assert.Equal(["a", "b"], page.Select(stored => stored.Entry.Type));
        Assert.Equal(
            ["c"], (await store.ReadAllAsync(page[^1].Position, 2, Token)).Select(stored => stored.Entry.Type));
    }

    [Fact]
    public async Task Of_many_writers_at_one_version_exactly_one_wins()
    {
        await using var store = await OpenAsync();
        var results = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => store.AppendAsync(First, 0, Entries($"w{i}"), Token))));
        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Single(await store.ReadStreamAsync(First, 0, Token));
    }

    protected abstract Task<IEventStore> OpenAsync();

    protected static ImmutableArray<JournalEntry> Entries(params string[] types) =>
        [.. types.Select(type => new JournalEntry(type, $"{{\"type\":\"{type}\"}}"))];

    private static long Version(AppendResult result) => Assert.IsType<AppendResult.Appended>(result).Version;
}
