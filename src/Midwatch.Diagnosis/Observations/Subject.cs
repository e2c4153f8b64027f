using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Observations;

/// <summary>The object that an observation is about, or that carries a cause.</summary>
/// <param name="Kind">The kind in the singular and lower case: <c>pod</c>, <c>deployment</c>, <c>service</c>, …</param>
/// <param name="Namespace">Null for what has none, such as a node.</param>
/// <param name="Container">The container of a pod; null for the pod as a whole.</param>
public sealed record Subject(string Kind, string? Namespace, string Name, string? Container = null)
    : IComparable<Subject>
{
    /// <summary>Kinds that own pods.</summary>
    public static ImmutableHashSet<string> WorkloadKinds { get; } =
        ["deployment", "statefulset", "daemonset", "replicaset", "job", "cronjob"];

    /// <summary>Whether it owns pods.</summary>
    public bool IsWorkload => WorkloadKinds.Contains(Kind);

    /// <summary>The object without its container.</summary>
    public Subject Whole => Container is null ? this : this with { Container = null };

    /// <summary>
    /// Orders by namespace, kind, name and container, by code point, so that output never depends on order of arrival.
    /// </summary>
    public int CompareTo(Subject? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = string.CompareOrdinal(Namespace, other.Namespace);
        order = order != 0 ? order : string.CompareOrdinal(Kind, other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Name, other.Name);
        return order != 0 ? order : string.CompareOrdinal(Container, other.Container);
    }

    /// <summary>As people write it: <c>deployment/web</c>, with the container in brackets.</summary>
    public override string ToString() => Container is null ? $"{Kind}/{Name}" : $"{Kind}/{Name}[{Container}]";

    /// <summary>Whether the left one comes first.</summary>
    public static bool operator <(Subject left, Subject right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one comes last.</summary>
    public static bool operator >(Subject left, Subject right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one does not come last.</summary>
    public static bool operator <=(Subject left, Subject right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one does not come first.</summary>
    public static bool operator >=(Subject left, Subject right) => left.CompareTo(right) >= 0;
}
