using System.Collections.Immutable;
using System.Threading.Channels;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Journal;

namespace Midwatch.Engine.Intake;

/// <summary>
/// Takes alerts in. Whoever hands some in gets the answer when they are durable; those that come together are written
/// together, so that a storm costs few transactions.
/// </summary>
internal sealed class AlertIntake(AlertLedgerActor ledger, TimeProvider time)
{
    private const int BatchMost = 1_000;

    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>();

    public async Task<ImmutableArray<AlertReceipt>> AcceptAsync(
        ImmutableArray<Alert> alerts, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(alerts);
        if (!_deliveries.Writer.TryWrite(delivery))
        {
            throw new InvalidOperationException("The engine is stopping and takes no alerts.");
        }

        return await delivery.Receipts.Task.WaitAsync(cancellationToken);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _deliveries.Reader.WaitToReadAsync(cancellationToken))
            {
                await WriteAsync(TakeBatch());
            }
        }
        finally
        {
            _deliveries.Writer.TryComplete();
            while (_deliveries.Reader.TryRead(out var late))
            {
                late.Receipts.TrySetCanceled(CancellationToken.None);
            }
        }
    }

    private ImmutableArray<Delivery> TakeBatch()
    {
        var batch = ImmutableArray.CreateBuilder<Delivery>();
        for (var alerts = 0; alerts < BatchMost && _deliveries.Reader.TryRead(out var delivery);)
        {
            alerts += delivery.Alerts.Length;
            batch.Add(delivery);
        }

        return batch.ToImmutable();
    }

    private async Task WriteAsync(ImmutableArray<Delivery> batch)
    {
        try
        {
            var receipts = ImmutableArray.CreateBuilder<ImmutableArray<AlertReceipt>>(batch.Length);
            await ledger.AppendAsync(
                (state, events) =>
                {
                    // The ledger may be read anew and the batch judged again: then the first judgement counts for
                    // nothing.
                    receipts.Clear();
                    foreach (var delivery in batch)
                    {
                        (state, var receipt) = Judge(state, delivery.Alerts, events);
                        receipts.Add(receipt);
                    }
                });
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i].Receipts.TrySetResult(receipts[i]);
            }
        }
        catch (StoreFailedException problem)
        {
            // Not durable, so not accepted: the sender is told, and sends again.
            foreach (var delivery in batch)
            {
                delivery.Receipts.TrySetException(problem);
            }
        }
    }

    private (AlertLedger Ledger, ImmutableArray<AlertReceipt> Receipts) Judge(
        AlertLedger state, ImmutableArray<Alert> alerts, ImmutableArray<LedgerEvent>.Builder events)
    {
        var receipts = ImmutableArray.CreateBuilder<AlertReceipt>(alerts.Length);
        foreach (var alert in alerts)
        {
            var news = state.Judge(alert);
            receipts.Add(new AlertReceipt(alert.Fingerprint, news));
            if (news == AlertNews.Duplicate)
            {
                continue;
            }

            var accepted = new LedgerEvent.Accepted(time.GetUtcNow(), alert);
            events.Add(accepted);
            state = state.Apply(accepted);
        }

        return (state, receipts.ToImmutable());
    }

    private sealed record Delivery(ImmutableArray<Alert> Alerts)
    {
        public TaskCompletionSource<ImmutableArray<AlertReceipt>> Receipts { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
