namespace Midwatch.LocalCluster.Objects;

/// <summary>
/// Where one object lives: ("apps", "deployments", "shop", "web"); the core group is the empty string.
/// </summary>
/// <param name="Namespace">Null for kinds that belong to the cluster as a whole.</param>
/// <param name="Name">Empty only when creating an object that asks for a generated name.</param>
internal readonly record struct ObjectKey(string Group, string Plural, string? Namespace, string Name)
{
    /// <summary>How Kubernetes writes a resource in its messages: "pods", "deployments.apps".</summary>
    public string Resource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <inheritdoc/>
    public override string ToString() => Namespace is null ? $"{Resource}/{Name}" : $"{Resource}/{Namespace}/{Name}";
}
