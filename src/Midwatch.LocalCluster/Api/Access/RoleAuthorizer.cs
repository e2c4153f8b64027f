using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Access;

/// <summary>Answers whether somebody may, from the cluster's Role, ClusterRole and binding objects.</summary>
internal sealed class RoleAuthorizer(ObjectStore store)
{
    private const string Group = "rbac.authorization.k8s.io";

    // What system:public-info-viewer and system:discovery grant in every cluster.
    private static readonly FrozenSet<string> PublicPaths =
        new[] { "/healthz", "/livez", "/readyz", "/version", "/version/" }.ToFrozenSet();

    private static readonly string[] DiscoveryPaths = ["/api", "/apis", "/openapi"];

    public bool MayDo(UserIdentity user, AccessQuestion question)
    {
        if (user.Groups.Contains(UserIdentity.Masters)
            || (question is AccessQuestion.ToPath path && IsPublic(user, path)))
        {
            return true;
        }

        if (Grants(user, store.List(Group, "clusterrolebindings", null), null, question))
        {
            return true;
        }

        return question is AccessQuestion.ToResource { Namespace: { } ns }
            && Grants(user, store.List(Group, "rolebindings", ns), ns, question);
    }

    /// <summary>Every rule that applies to somebody in a namespace.</summary>
    public IEnumerable<JsonObject> RulesOf(UserIdentity user, string ns) =>
        store.List(Group, "clusterrolebindings", null).Where(binding => IsAbout(binding.Body, user))
            .Concat(store.List(Group, "rolebindings", ns).Where(binding => IsAbout(binding.Body, user)))
            .SelectMany(binding => Rules(binding.Body, binding.Key.Namespace));

    private static bool IsPublic(UserIdentity user, AccessQuestion.ToPath question)
    {
        if (question.Verb is not ("get" or "head"))
        {
            return false;
        }

        return PublicPaths.Contains(question.Path)
            || (user.Groups.Contains(UserIdentity.Authenticated) && Array.Exists(
                DiscoveryPaths,
                path => question.Path == path || question.Path.StartsWith(path + "/", StringComparison.Ordinal)));
    }

    private bool Grants(UserIdentity user, IEnumerable<StoredObject> bindings, string? ns, AccessQuestion question) =>
        bindings.Where(binding => IsAbout(binding.Body, user))
            .SelectMany(binding => Rules(binding.Body, ns))
            .Any(rule => Covers(rule, question));

    private static bool IsAbout(JsonObject binding, UserIdentity user) =>
        Items(binding["subjects"]).Any(subject =>
        {
            var name = subject["name"]?.GetValue<string>() ?? "";
            return subject["kind"]?.GetValue<string>() switch
            {
                "User" => name == user.Name,
                "Group" => user.Groups.Contains(name),
                "ServiceAccount" =>
                    user.Name == $"system:serviceaccount:{subject["namespace"]?.GetValue<string>()}:{name}",
                _ => false,
            };
        });

    private IEnumerable<JsonObject> Rules(JsonObject binding, string? ns)
    {
        var name = binding["roleRef"]?["name"]?.GetValue<string>() ?? "";
        var key = binding["roleRef"]?["kind"]?.GetValue<string>() == "Role"
            ? new ObjectKey(Group, "roles", ns, name)
            : new ObjectKey(Group, "clusterroles", null, name);
        return Items(store.Get(key)?.Body["rules"]);
    }

    private static bool Covers(JsonObject rule, AccessQuestion question)
    {
        if (!Names(rule, "verbs", question.Verb))
        {
            return false;
        }

        return question switch
        {
            AccessQuestion.ToPath path => (rule["nonResourceURLs"] as JsonArray ?? []).Any(
                url => MatchesPath(url?.GetValue<string>() ?? "", path.Path)),
            AccessQuestion.ToResource target => Names(rule, "apiGroups", target.Group)
                && NamesResource(rule, target.Resource)
                && (rule["resourceNames"] is not JsonArray { Count: > 0 } || Names(rule, "resourceNames", target.Name)),
            _ => false,
        };
    }

    private static bool NamesResource(JsonObject rule, string resource)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return Names(rule, "resources", resource) || (slash >= 0 && Names(rule, "resources", "*" + resource[slash..]));
    }

    private static bool MatchesPath(string pattern, string path) =>
        pattern == path || (pattern.EndsWith('*') && path.StartsWith(pattern[..^1], StringComparison.Ordinal));

    private static bool Names(JsonObject rule, string field, string value) =>
        (rule[field] as JsonArray ?? [])
            .Any(one => one?.GetValue<string>() is { } text && (text == "*" || text == value));

    private static IEnumerable<JsonObject> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();
}
