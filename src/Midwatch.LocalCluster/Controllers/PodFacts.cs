using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>What controllers ask of a pod.</summary>
internal sealed record PodFacts(StoredObject Source)
{
    // Held, so that one look at the pod reads its text once.
    public JsonObject Body { get; } = Source.Body;

    /// <summary>The same version of the same pod.</summary>
    public bool Equals(PodFacts? other) => other is not null && Source == other.Source;

    /// <inheritdoc/>
    public override int GetHashCode() => Source.GetHashCode();

    public string Name => Source.Key.Name;

    public string Phase => Body.Text("status", "phase") ?? "Pending";

    public bool IsFinished => Phase is "Succeeded" or "Failed";

    public bool IsTerminating => Body.At("metadata", "deletionTimestamp") is not null;

    /// <summary>A pod that counts: neither finished nor on its way out.</summary>
    public bool IsActive => !IsFinished && !IsTerminating;

    public string? Node => Body.Text("spec", "nodeName");

    public string Uid => Body.Text("metadata", "uid") ?? "";

    public DateTimeOffset Created => Body.Time("metadata", "creationTimestamp") ?? DateTimeOffset.MinValue;

    public JsonObject? ReadyCondition =>
        Body.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Ready");

    public bool IsReady => ReadyCondition.Text("status") == "True";

    public DateTimeOffset? ReadySince => IsReady ? ReadyCondition.Time("lastTransitionTime") : null;

    public long Restarts =>
        Body.Items("status", "containerStatuses").Select(container => container.Number("restartCount") ?? 0)
            .DefaultIfEmpty().Max();

    public long DeletionCost =>
        long.TryParse(Body.Text("metadata", "annotations", "controller.kubernetes.io/pod-deletion-cost"),
            out var cost) ? cost : 0;

    /// <summary>Ready for at least <paramref name="minimum"/>, so that it counts as available.</summary>
    public bool IsAvailable(TimeSpan minimum, DateTimeOffset now) =>
        IsReady && (minimum == TimeSpan.Zero || (ReadySince is { } since && since + minimum <= now));
}
