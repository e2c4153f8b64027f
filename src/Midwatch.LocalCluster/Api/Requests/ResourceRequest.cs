using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Api.Requests;

/// <summary>What a path of the API asks about: /apis/apps/v1/namespaces/shop/deployments/web/scale.</summary>
/// <param name="Resource">The plural; "" for the group version itself.</param>
/// <param name="Rest">The path after a proxy subresource, without its first slash.</param>
internal sealed record ResourceRequest(
    string Group, string Version, string? Namespace, string Resource, string Name, string Subresource, string Rest)
{
    /// <summary>Null when the path is not one of resources.</summary>
    public static ResourceRequest? Parse(string path)
    {
        ImmutableArray<string> parts = [.. path.Trim('/').Split('/')];
        var (group, version, rest) = parts switch
        {
            ["api", var legacy, .. var after] => ("", legacy, after),
            ["apis", var named, var at, .. var after] => (named, at, after),
            _ => ("", "", []),
        };
        if (version.Length == 0)
        {
            return null;
        }

        string? ns = null;
        // "namespaces/shop/pods" is about pods, "namespaces/shop/status" about the namespace.
        if (rest is ["namespaces", var name, not ("status" or "finalize"), ..])
        {
            ns = name;
            rest = [.. rest.Skip(2)];
        }

        var tail = string.Join('/', rest.Skip(3));
        if (path.EndsWith('/') && rest.Length >= 3)
        {
            tail += tail.Length > 0 ? "/" : "";
        }

        return new ResourceRequest(
            group,
            version,
            ns,
            rest.Length > 0 ? rest[0] : "",
            rest.Length > 1 ? Uri.UnescapeDataString(rest[1]) : "",
            rest.Length > 2 ? rest[2] : "",
            tail);
    }

    /// <summary>The verb that access rules know, from the method of the request.</summary>
    public string Verb(string method, bool isWatch) => method switch
    {
        "GET" or "HEAD" when Name.Length == 0 && isWatch => "watch",
        "GET" or "HEAD" => Name.Length == 0 ? "list" : "get",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => Name.Length == 0 ? "deletecollection" : "delete",
        _ => "",
    };
}
