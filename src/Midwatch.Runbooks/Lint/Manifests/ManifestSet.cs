using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Midwatch.Runbooks.Lint.Manifests;

/// <summary>The objects of the manifests that were given.</summary>
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

    /// <summary>Gets the objects in the order of the files.</summary>
    public ImmutableArray<ManifestObject> Objects { get; }

    /// <summary>Gets files that are no readable YAML: what they hold is not known.</summary>
    public ImmutableArray<string> Unread { get; }

    /// <summary>Gets every namespace that is declared or used.</summary>
    public FrozenSet<string> Namespaces { get; }

    /// <summary>The objects in a namespace; those without one are everywhere. All of them for null.</summary>
    public IEnumerable<ManifestObject> In(string? space) =>
        Objects.Where(each => space is null || each.Namespace is null || each.Namespace == space);
}
