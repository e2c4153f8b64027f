using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Midwatch.Runbooks.Lint.Manifests;

/// <summary>The objects of the manifests that were given, or of a cluster as it is.</summary>
public sealed class ManifestSet
{
    /// <summary>Makes a set; <paramref name="unread"/> are files that could not be read, such as templates.</summary>
    public ManifestSet(ImmutableArray<ManifestObject> objects, ImmutableArray<string> unread)
    {
        Objects = objects;
        Unread = unread;
        Namespaces = objects.Where(each => each.Kind == "namespace").Select(each => each.Name)
            .Concat(objects.Select(each => each.Namespace).OfType<string>())
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// Gets the kinds that a cluster was asked for, all of their objects: what is not among them does not exist. Null
    /// for manifests, which may be a part of what there is.
    /// </summary>
    public FrozenSet<string>? Complete { get; init; }

    /// <summary>Gets the beginning of a sentence about them.</summary>
    public string Have => Complete is null ? "The manifests have" : "The cluster has";

    /// <summary>Gets what they are, behind "of".</summary>
    public string Whole => Complete is null ? "the manifests" : "the cluster";

    /// <summary>Gets the objects in the order of the files.</summary>
    public ImmutableArray<ManifestObject> Objects { get; }

    /// <summary>Gets files that are no readable YAML: what they hold is not known.</summary>
    public ImmutableArray<string> Unread { get; }

    /// <summary>Gets every namespace that is declared or used.</summary>
    public FrozenSet<string> Namespaces { get; }

    /// <summary>
    /// Whether what is not found in a namespace is missing there: a cluster tells all, and manifests tell of the
    /// namespaces that their own workloads are in. Of others, somebody else's manifests tell.
    /// </summary>
    public bool Covers(string? space) => Complete is not null
        || (space is not null && Objects.Any(each => each.HasPods && each.Namespace == space));

    /// <summary>Whether enough is known of a kind to say that an object of it is not there.</summary>
    public bool Knows(string kind, string? space) =>
        Complete?.Contains(kind) ?? In(space).Any(each => each.Kind == kind);

    /// <summary>The objects in a namespace; those without one are everywhere. All of them for null.</summary>
    public IEnumerable<ManifestObject> In(string? space) =>
        Objects.Where(each => space is null || each.Namespace is null || each.Namespace == space);
}
