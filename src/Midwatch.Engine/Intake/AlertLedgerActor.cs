using System.Collections.Immutable;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Journal;

namespace Midwatch.Engine.Intake;

/// <summary>The one writer of the ledger of alerts in this process.</summary>
internal sealed class AlertLedgerActor(IncidentJournal journal, AlertLedger ledger) : IDisposable
{
    private readonly SemaphoreSlim _mailbox = new(1);
    private volatile AlertLedger _ledger = ledger;
    private volatile TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AlertLedger Ledger => _ledger;

    /// <summary>Completes with the next event after this was asked.</summary>
    public Task NextChange => _change.Task;

    /// <summary>
    /// Lets the caller decide on the state as it is, and appends; decides again when another writer was first.
    /// </summary>
    public async Task AppendAsync(Action<AlertLedger, ImmutableArray<LedgerEvent>.Builder> decide)
    {
        await _mailbox.WaitAsync(CancellationToken.None);
        try
        {
            while (true)
            {
                var events = ImmutableArray.CreateBuilder<LedgerEvent>();
                decide(_ledger, events);
                if (events.Count == 0)
                {
                    return;
                }

                var happened = events.ToImmutable();
                var appended = await journal.AppendAsync(_ledger.Version, happened, CancellationToken.None);
                if (appended is AppendResult.Appended)
                {
                    Become(happened.Aggregate(_ledger, (state, e) => state.Apply(e)));
                    return;
                }

                Become(await journal.ReadLedgerAsync(CancellationToken.None));
            }
        }
        finally
        {
            _mailbox.Release();
        }
    }

    public void Dispose() => _mailbox.Dispose();

    private void Become(AlertLedger next)
    {
        _ledger = next;
        Interlocked.Exchange(ref _change, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
