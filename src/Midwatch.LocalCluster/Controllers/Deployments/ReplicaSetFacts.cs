using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>
/// What a rollout asks of a ReplicaSet. <see cref="Desired"/> is the size planned so far in this pass.
/// </summary>
internal sealed record ReplicaSetFacts(JsonObject Body, int Desired)
{
    public ReplicaSetFacts(StoredObject source)
        : this(source.Body, source.Body.Count("spec", "replicas"))
    {
    }

    public string Name => Body.Text("metadata", "name") ?? "";

    public int Written => Body.Count("spec", "replicas");

    public int Current => Body.Count("status", "replicas");

    public int Ready => Body.Count("status", "readyReplicas");

    public int Available => Body.Count("status", "availableReplicas");

    public int Terminating => Body.Count("status", "terminatingReplicas");

    public DateTimeOffset Created => Body.Time("metadata", "creationTimestamp") ?? DateTimeOffset.MinValue;

    public long Revision =>
        long.TryParse(Annotation(RevisionAnnotations.Revision), NumberStyles.None,
            CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    public int? DesiredAnnotation =>
        int.TryParse(Annotation(RevisionAnnotations.Desired), NumberStyles.None,
            CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public int? MaxAnnotation =>
        int.TryParse(Annotation(RevisionAnnotations.Max), NumberStyles.None,
            CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Nothing of it is left and it has seen that, so that history may forget it.</summary>
    public bool IsSpent =>
        Written == 0 && Current == 0
        && Body.At("metadata", "deletionTimestamp") is null
        && (Body.Number("metadata", "generation") ?? 0) <= (Body.Number("status", "observedGeneration") ?? 0);

    private string? Annotation(string name) => Body.Text("metadata", "annotations", name);
}
