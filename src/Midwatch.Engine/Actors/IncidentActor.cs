using Midwatch.Incidents;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Journal;
using Midwatch.Incidents.Policies;

namespace Midwatch.Engine.Actors;

/// <summary>
/// The one writer of an incident: loads, decides, appends, applies. Commands are taken one after another, whoever sends
/// them; the expected version keeps out a writer of another process.
/// </summary>
internal sealed class IncidentActor(
    IncidentId id, IncidentState state, IncidentJournal journal, Restraint restraint, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _mailbox = new(1);
    private volatile IncidentState _state = state;
    private volatile TaskCompletionSource _change = NewSignal();

    public IncidentId Id => id;

    /// <summary>What its events say; always at least as new as any answer that was given.</summary>
    public IncidentState State => _state;

    /// <summary>Completes with the next event after this was asked.</summary>
    public Task NextChange => _change.Task;

    public async Task<Decision> ExecuteAsync(IncidentCommand command, CancellationToken cancellationToken)
    {
        await _mailbox.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var decision = Incident.Decide(_state, command, restraint, time.GetUtcNow());
                if (decision is not Decision.Accepted { Events.IsEmpty: false } accepted)
                {
                    return decision;
                }

                // Not cancelled half-way: what was written must be known here.
                var appended = await journal.AppendAsync(
                    id, _state.Version, accepted.Events, CancellationToken.None);
                if (appended is AppendResult.Appended)
                {
                    Become(accepted.Events.Aggregate(_state, Incident.Evolve));
                    return decision;
                }

                var missed = await journal.ReadAsync(id, _state.Version, cancellationToken);
                Become(missed.Aggregate(_state, Incident.Evolve));
            }
        }
        finally
        {
            _mailbox.Release();
        }
    }

    public void Dispose() => _mailbox.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Become(IncidentState next)
    {
        _state = next;
        Interlocked.Exchange(ref _change, NewSignal()).TrySetResult();
    }
}
