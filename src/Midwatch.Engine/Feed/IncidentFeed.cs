using System.Runtime.CompilerServices;

namespace Midwatch.Engine.Feed;

/// <summary>
/// Everything that happened and happens, for whoever follows. Any number of readers; none holds up the engine.
/// </summary>
public sealed class IncidentFeed
{
    private const int PageLength = 200;

    private readonly IncidentJournal _journal;

    internal IncidentFeed(IncidentJournal journal) => _journal = journal;

    /// <summary>Reads what is stored, then what comes, until cancelled.</summary>
    /// <param name="afterPosition">0 from the beginning; or the position of the last item that was seen.</param>
    public async IAsyncEnumerable<FeedItem> ReadAsync(
        long afterPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = afterPosition;
        while (true)
        {
            // Taken before reading: an append between the read and the wait must not be slept through.
            var next = _journal.NextAppend;
            var page = await _journal.ReadFeedAsync(after, PageLength, cancellationToken);
            foreach (var item in page)
            {
                after = item.Position;
                yield return item;
            }

            if (page.IsEmpty)
            {
                await next.WaitAsync(cancellationToken);
            }
        }
    }
}
