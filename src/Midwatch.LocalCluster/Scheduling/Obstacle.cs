namespace Midwatch.LocalCluster.Scheduling;

/// <summary>Why a pod cannot go to a node, in the scheduler's own words.</summary>
/// <param name="Removable">Taking other pods away might help; otherwise preemption need not be tried.</param>
internal sealed record Obstacle(string Reason, bool Removable);
