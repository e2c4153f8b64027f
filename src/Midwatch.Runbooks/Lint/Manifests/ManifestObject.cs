using System.Collections.Immutable;

namespace Midwatch.Runbooks.Lint.Manifests;

/// <summary>An object of a manifest, as far as runbooks speak of it.</summary>
/// <param name="Kind">In the singular and lower case.</param>
/// <param name="Namespace">Null when the manifest names none.</param>
/// <param name="PodLabels">The labels of its pods, or its own when it is a pod; empty for anything without
/// pods.</param>
/// <param name="Containers">The names of its containers, init containers among them.</param>
/// <param name="Ports">The ports of a Service or of its containers: numbers, and names where they have one.</param>
public sealed record ManifestObject(
    string Kind, string Name, string? Namespace, ImmutableDictionary<string, string> PodLabels,
    ImmutableArray<string> Containers, ImmutableArray<string> Ports)
{
    /// <summary>Gets the labels by which a Service finds its pods; empty for anything else.</summary>
    public ImmutableDictionary<string, string> Selects { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Gets whether it makes pods or is one.</summary>
    public bool HasPods => Kind is "pod" or "deployment" or "statefulset" or "daemonset" or "replicaset" or "job"
        or "cronjob" or "replicationcontroller";
}
