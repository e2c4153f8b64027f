using System.Collections.Immutable;

namespace Midwatch.Incidents.Journal;

/// <summary>
/// Where events live. Append-only; one contract for every adapter (EventStoreContract in the tests). Safe to call from
/// many threads.
/// </summary>
public interface IEventStore : IAsyncDisposable
{
    /// <summary>Appends events to one stream in one transaction; when it returns they survive a power cut.</summary>
    /// <param name="expectedVersion">The version the caller decided on; 0 for a stream that must not exist yet.</param>
    /// <exception cref="StoreFailedException">The surroundings are broken: disk full, file damaged or
    /// locked.</exception>
    Task<AppendResult> AppendAsync(
        StreamId stream,
        long expectedVersion,
        ImmutableArray<JournalEntry> entries,
        CancellationToken cancellationToken);

    /// <summary>Reads a stream in order.</summary>
    /// <param name="afterVersion">0 for all of it.</param>
    /// <exception cref="StoreFailedException">The surroundings are broken.</exception>
    Task<ImmutableArray<StoredEntry>> ReadStreamAsync(
        StreamId stream, long afterVersion, CancellationToken cancellationToken);

    /// <summary>Reads all streams in the order in which they were written, a page at a time.</summary>
    /// <param name="afterPosition">0 from the beginning.</param>
    /// <param name="most">The length of the page.</param>
    /// <exception cref="StoreFailedException">The surroundings are broken.</exception>
    Task<ImmutableArray<StoredEntry>> ReadAllAsync(long afterPosition, int most, CancellationToken cancellationToken);
}
