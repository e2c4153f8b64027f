namespace Midwatch.Kubernetes;

/// <summary>Where a resource lies under the API server.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Version">Such as <c>v1</c>.</param>
/// <param name="Plural">Such as <c>deployments</c>.</param>
/// <param name="Namespace">Null for all namespaces, or for kinds that have none.</param>
/// <param name="Name">Null for the list.</param>
/// <param name="Subresource">Such as <c>scale</c>; null for the object itself.</param>
public sealed record ResourcePath(
    string Group, string Version, string Plural, string? Namespace = null, string? Name = null,
    string? Subresource = null)
{
    /// <summary>A resource of the core group.</summary>
    public static ResourcePath Core(string plural, string? ns = null, string? name = null) =>
        new("", "v1", plural, ns, name);

    /// <summary>A resource of <c>apps/v1</c>.</summary>
    public static ResourcePath Apps(string plural, string? ns = null, string? name = null) =>
        new("apps", "v1", plural, ns, name);

    /// <summary>The path below the server's address, every part escaped.</summary>
    public override string ToString()
    {
        var path = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Escape(Group)}/{Escape(Version)}";
        path += Namespace is null ? "" : $"/namespaces/{Escape(Namespace)}";
        path += $"/{Escape(Plural)}";
        path += Name is null ? "" : $"/{Escape(Name)}";
        return Subresource is null ? path : $"{path}/{Escape(Subresource)}";
    }

    private static string Escape(string part) => Uri.EscapeDataString(part);
}
