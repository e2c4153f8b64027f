using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Api.Access;

/// <summary>Who asks.</summary>
internal sealed record UserIdentity(string Name, ImmutableArray<string> Groups, string Uid = "")
{
    /// <summary>The fingerprint of the client certificate shown, as "X509SHA256=…"; "" without one.</summary>
    public string CredentialId { get; init; } = "";

    public const string Masters = "system:masters";
    public const string Authenticated = "system:authenticated";

    public static readonly UserIdentity Anonymous = new("system:anonymous", ["system:unauthenticated"]);

    /// <summary>The identity of a service account, with the groups that Kubernetes gives it.</summary>
    public static UserIdentity ServiceAccount(string ns, string name, string uid) => new(
        $"system:serviceaccount:{ns}:{name}", ["system:serviceaccounts", $"system:serviceaccounts:{ns}"], uid);
}
