using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Api.Answers;

namespace Midwatch.LocalCluster.Api.Access;

/// <summary>Acting as somebody else: kubectl --as and --as-group, allowed by the verb "impersonate".</summary>
internal static class Impersonation
{
    private const string AccountPrefix = "system:serviceaccount:";

    /// <summary>Whom the request wants to act as; null when nobody else.</summary>
    public static UserIdentity? Of(HttpRequest request)
    {
        var name = request.Headers["Impersonate-User"].ToString();
        if (name.Length == 0)
        {
            return null;
        }

        var groups = request.Headers["Impersonate-Group"].Select(group => group ?? "").ToImmutableArray();
        if (groups.IsEmpty && Account(name) is { } account)
        {
            groups = account.Groups;
        }

        if (name != UserIdentity.Anonymous.Name && !groups.Contains(UserIdentity.Authenticated))
        {
            groups = groups.Add(UserIdentity.Authenticated);
        }

        return new UserIdentity(name, groups, request.Headers["Impersonate-Uid"].ToString());
    }

    /// <summary>Null when the user may act as the other.</summary>
    public static ApiStatus? Forbidden(UserIdentity user, UserIdentity other, RoleAuthorizer authorizer)
    {
        var account = Account(other.Name) is null ? ((string Namespace, string Name)?)null : Parts(other.Name);
        if (!authorizer.MayDo(user, account is { } named
            ? new AccessQuestion.ToResource("impersonate", "", "serviceaccounts", named.Namespace, named.Name)
            : new AccessQuestion.ToResource("impersonate", "", "users", null, other.Name)))
        {
            return account is { } one
                ? Refuse(user, "serviceaccounts", one.Name, $"in the namespace \"{one.Namespace}\"")
                : Refuse(user, "users", other.Name, "at the cluster scope");
        }

        var own = account is null ? [] : Account(other.Name)!.Groups;
        var forbidden = other.Groups.FirstOrDefault(group => group != UserIdentity.Authenticated
            && !own.Contains(group)
            && !authorizer.MayDo(
                user, new AccessQuestion.ToResource("impersonate", "", "groups", null, group)));
        return forbidden is null ? null : Refuse(user, "groups", forbidden, "at the cluster scope");
    }

    private static ApiStatus Refuse(UserIdentity user, string resource, string name, string scope) => new(
        403,
        "Forbidden",
        $"{resource} \"{name}\" is forbidden: User \"{user.Name}\" cannot impersonate resource \"{resource}\" "
            + $"in API group \"\" {scope}",
        ApiStatus.About("", resource, name));

    private static UserIdentity? Account(string name) =>
        name.StartsWith(AccountPrefix, StringComparison.Ordinal) && name.Split(':').Length == 4
            ? UserIdentity.ServiceAccount(Parts(name).Namespace, Parts(name).Name, "")
            : null;

    private static (string Namespace, string Name) Parts(string name) => (name.Split(':')[2], name.Split(':')[3]);
}
