using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Access;

/// <summary>
/// Nobody hands out rights that they do not have themselves, unless the verbs "escalate" (roles) or "bind" (bindings)
/// allow it.
/// </summary>
internal sealed class Escalation(ObjectStore store)
{
    private const string Group = "rbac.authorization.k8s.io";

    private readonly RoleAuthorizer _authorizer = new(store);

    /// <summary>Null when the user may write this role or binding, or it is neither.</summary>
    public ApiStatus? Refusal(ApiCall call, JsonObject body)
    {
        if (call.Kind.Group != Group || call.User.Groups.Contains(UserIdentity.Masters))
        {
            return null;
        }

        var isRole = call.Kind.Kind is "Role" or "ClusterRole";
        var ns = call.Key.Namespace;
        var (resource, name) = isRole ? (call.Kind.Plural, ObjectMetadata.Text(body, "name") ?? "") : Bound(body);
        if (_authorizer.MayDo(
            call.User, new AccessQuestion.ToResource(isRole ? "escalate" : "bind", Group, resource, ns, name)))
        {
            return null;
        }

        var granted = isRole ? body.Items("rules") : BoundRules(body, ns);
        var missing = granted.Select(rule => Missing(call.User, rule, ns)).Where(text => text.Length > 0).ToList();
        if (missing.Count == 0)
        {
            return null;
        }

        var groups = string.Join(' ', call.User.Groups.Select(group => $"\"{group}\""));
        return ApiStatus.Forbidden(
            call.Kind,
            ObjectMetadata.Text(body, "name") ?? "",
            $"user \"{call.User.Name}\" (groups=[{groups}]) is attempting to grant RBAC permissions "
                + "not currently held:\n" + string.Join('\n', missing));
    }

    private static (string Resource, string Name) Bound(JsonObject binding) =>
        (binding.Text("roleRef", "kind") == "Role" ? "roles" : "clusterroles", binding.Text("roleRef", "name") ?? "");

    private IEnumerable<JsonObject> BoundRules(JsonObject binding, string? ns)
    {
        var (resource, name) = Bound(binding);
        return store.Get(new ObjectKey(Group, resource, resource == "roles" ? ns : null, name))?.Body.Items("rules")
            ?? [];
    }

    // The part of a rule that the user does not hold, as {APIGroups:[""], Resources:["pods"], Verbs:["get"]}.
    private string Missing(UserIdentity user, JsonObject rule, string? ns)
    {
        var verbs = Words(rule, "verbs");
        var paths = Words(rule, "nonResourceURLs");
        if (paths.Count > 0)
        {
            var held = paths.TrueForAll(path => verbs.TrueForAll(
                verb => _authorizer.MayDo(user, new AccessQuestion.ToPath(verb, path))));
            return held ? "" : $"{{NonResourceURLs:{List(paths)}, Verbs:{List(verbs)}}}";
        }

        var names = Words(rule, "resourceNames");
        var lacking = verbs.Where(verb => !Words(rule, "apiGroups").TrueForAll(group => Words(rule, "resources")
            .TrueForAll(resource => (names.Count == 0 ? [""] : names).TrueForAll(name => _authorizer.MayDo(
                user, new AccessQuestion.ToResource(verb, group, resource, ns, name)))))).ToList();
        var named = names.Count == 0 ? "" : $", ResourceNames:{List(names)}";
        return lacking.Count == 0 ? ""
            : $"{{APIGroups:{List(Words(rule, "apiGroups"))}, Resources:{List(Words(rule, "resources"))}{named}, "
                + $"Verbs:{List(lacking)}}}";
    }

    private static List<string> Words(JsonObject rule, string field) =>
        [.. (rule[field] as JsonArray ?? []).Select(one => one?.ToString() ?? "")];

    private static string List(List<string> words) => $"[{string.Join(", ", words.Select(word => $"\"{word}\""))}]";
}
