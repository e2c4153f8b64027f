using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Faults;

/// <summary>A way to break a system on purpose, with what is expected to follow.</summary>
/// <param name="Id">As "bad-rollout".</param>
/// <param name="Summary">One sentence for people.</param>
/// <param name="Alert">The alert that must fire because of it; null when none is named.</param>
/// <param name="Scenarios">Per runbook file (or "own"), the heading of the scenario that is right.</param>
/// <param name="MustNot">Scenario headings that must not be acted on.</param>
/// <param name="Reason">Why that scenario is the right one, written by hand.</param>
/// <param name="Inject">What is done, in order.</param>
public sealed record Fault(
    string Id,
    string Summary,
    string? Alert,
    ImmutableDictionary<string, string> Scenarios,
    ImmutableArray<string> MustNot,
    string? Reason,
    ImmutableArray<FaultAction> Inject)
{
    /// <summary>Where its actions are done; null in the system's own namespace.</summary>
    public string? Namespace { get; init; }
}
