using System.Collections.Concurrent;
using System.Collections.Immutable;
using Midwatch.Incidents;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Policies;

namespace Midwatch.Engine.Actors;

/// <summary>
/// The incidents of this process: one actor for each, made when it is opened or read from the journal.
/// </summary>
internal sealed class IncidentRegistry(
    IncidentJournal journal, Restraint restraint, TimeProvider time, Action<IncidentActor> opened) : IDisposable
{
    private readonly ConcurrentDictionary<int, IncidentActor> _actors = new();
    private readonly SemaphoreSlim _opening = new(1);
    private int _last;

    /// <summary>The open incidents, oldest first.</summary>
    public ImmutableArray<(IncidentId Id, IncidentState State)> Open =>
        [.. All.Where(each => !each.State.IsClosed)];

    /// <summary>Every incident, oldest first.</summary>
    public ImmutableArray<(IncidentId Id, IncidentState State)> All =>
        [.. _actors.Values.OrderBy(actor => actor.Id.Number).Select(actor => (actor.Id, actor.State))
            .Where(each => each.State.OpenedAt is not null)];

    public IncidentActor? Find(IncidentId id) => _actors.GetValueOrDefault(id.Number);

    /// <summary>Takes an incident that was read from the journal, or a number for a new one.</summary>
    public IncidentActor Restore(int number, IncidentState state)
    {
        _last = Math.Max(_last, number);
        var actor = new IncidentActor(IncidentId.FromNumber(number), state, journal, restraint, time);
        _actors[number] = actor;
        return actor;
    }

    public async Task<IncidentId> OpenAsync(IncidentCommand command, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var actor = Restore(_last + 1, IncidentState.Initial);
                var decision = await actor.ExecuteAsync(command, cancellationToken);
                if (decision is Decision.Accepted)
                {
                    opened(actor);
                    return actor.Id;
                }

                // Another process took the number first: the actor has read its events, and the next number is free.
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    public async Task<Decision> ExecuteAsync(
        IncidentId id, IncidentCommand command, CancellationToken cancellationToken) =>
        Find(id) is { } actor
            ? await actor.ExecuteAsync(command, cancellationToken)
            : new Decision.Refused($"There is no incident {id}.");

    public void Dispose()
    {
        _opening.Dispose();
        foreach (var actor in _actors.Values)
        {
            actor.Dispose();
        }
    }
}
