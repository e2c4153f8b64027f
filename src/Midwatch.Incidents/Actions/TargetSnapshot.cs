using System.Collections.Immutable;

namespace Midwatch.Incidents.Actions;

/// <summary>
/// An object, or the set that a selector matches, as it was looked at. A status update does not change it.
/// </summary>
public sealed record TargetSnapshot
{
    /// <summary>The kind in the singular and lower case.</summary>
    public required string Kind { get; init; }

    /// <summary>The namespace; null for objects of the cluster.</summary>
    public string? Namespace { get; init; }

    /// <summary>The name; null when a selector names the set.</summary>
    public string? Name { get; init; }

    /// <summary>The selector; null when the object is named.</summary>
    public string? Selector { get; init; }

    /// <summary>
    /// UIDs in ordinal order: one for a named object, none when it is not there, any number for a selector.
    /// </summary>
    public required ImmutableArray<string> Uids { get; init; }

    /// <summary><c>metadata.generation</c>; null for kinds without one and for sets.</summary>
    public long? Generation { get; init; }

    /// <summary>
    /// SHA-256 of <c>spec</c>; for a set, of the specs in the order of the UIDs; empty when nothing is there.
    /// </summary>
    public required string SpecHash { get; init; }

    /// <summary>What tells one target from another: kind, namespace, and name or selector.</summary>
    public string Key => $"{Kind}/{Namespace}/{Name ?? "?" + Selector}";

    /// <summary>The target as people name it.</summary>
    public string Display => (Name is null ? $"{Kind} with {Selector}" : $"{Kind}/{Name}")
        + (Namespace is null ? string.Empty : $" in {Namespace}");
}
