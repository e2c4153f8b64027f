using System.Collections.Immutable;
using Midwatch.Incidents.Journal;

namespace Midwatch.Engine.Tests;

/// <summary>A journal that outlives its engine within a test, and can be made to fail.</summary>
internal sealed class MemoryEventStore : IEventStore
{
    private readonly Lock _lock = new();
    private ImmutableArray<StoredEntry> _entries = [];

    public StoreFailedException? Failure { get; set; }

    public ImmutableArray<StoredEntry> Entries => _entries;

    public Task<AppendResult> AppendAsync(
        StreamId stream,
        long expectedVersion,
        ImmutableArray<JournalEntry> entries,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Failure is { } failure)
            {
                return Task.FromException<AppendResult>(failure);
            }

            var version = (long)_entries.Count(stored => stored.Stream == stream);
            if (version != expectedVersion)
            {
                return Task.FromResult<AppendResult>(new AppendResult.Stale(version));
            }

            var first = _entries.Length + 1;
            _entries = [.. _entries,
                .. entries.Select((entry, i) => new StoredEntry(stream, version + i + 1, first + i, entry))];
            return Task.FromResult<AppendResult>(new AppendResult.Appended(version + entries.Length, first));
        }
    }

    public Task<ImmutableArray<StoredEntry>> ReadStreamAsync(
        StreamId stream, long afterVersion, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<StoredEntry>>(
            [.. _entries.Where(stored => stored.Stream == stream && stored.Version > afterVersion)]);

    public Task<ImmutableArray<StoredEntry>> ReadAllAsync(
        long afterPosition, int most, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<StoredEntry>>(
            [.. _entries.Where(stored => stored.Position > afterPosition).Take(most)]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
