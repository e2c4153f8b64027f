using Midwatch.Incidents.Policies;
using Midwatch.Incidents.Procedures;

namespace Midwatch.Engine;

/// <summary>What an engine works by. Copied once at the start.</summary>
public sealed record EngineOptions
{
    /// <summary>The compiled runbooks.</summary>
    public required ProcedureCatalog Catalog { get; init; }

    /// <summary>Where incidents keep their files: <c>DIR/incidents/inc-0001/…</c>. Made when it is not there.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>What may run by itself, what asks, what is refused.</summary>
    public ActingPolicy Policy { get; init; } = ActingPolicy.Default;

    /// <summary>The limits.</summary>
    public Restraint Restraint { get; init; } = new();

    /// <summary>How long to wait between two rounds of verification; a change of an alert ends the wait.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before a separating read: what was missing needs a moment to show.</summary>
    public TimeSpan SeparatingPause { get; init; } = TimeSpan.FromSeconds(3);
}
