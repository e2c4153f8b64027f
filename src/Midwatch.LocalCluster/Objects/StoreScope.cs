namespace Midwatch.LocalCluster.Objects;

/// <summary>Which objects a list or watch is about; null means any.</summary>
internal readonly record struct StoreScope(string? Group, string? Plural, string? Namespace)
{
    public bool Contains(ObjectKey key) =>
        (Group is null || Group == key.Group)
        && (Plural is null || Plural == key.Plural)
        && (Namespace is null || Namespace == key.Namespace);
}
