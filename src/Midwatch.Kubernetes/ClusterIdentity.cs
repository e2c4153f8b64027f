using System.Security.Cryptography;

namespace Midwatch.Kubernetes;

/// <summary>
/// What makes a cluster this cluster: an incident is bound to it, and it is checked before each acting command.
/// </summary>
/// <param name="CertificateAuthorityHash">SHA-256 of the CA certificate (DER), lower-case hex; null where the system's
/// own CAs are trusted.</param>
/// <param name="KubeSystemUid">The UID of the namespace <c>kube-system</c>.</param>
public sealed record ClusterIdentity(Uri Server, string? CertificateAuthorityHash, string KubeSystemUid)
{
    /// <summary>Asks the cluster who it is.</summary>
    public static async Task<KubernetesAnswer<ClusterIdentity>> ReadAsync(
        KubernetesClient client, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync(ResourcePath.Core("namespaces", name: "kube-system"), cancellationToken);
        var authority = client.Kubeconfig.CertificateAuthority;
        var hash = authority is null ? null : Convert.ToHexStringLower(SHA256.HashData(authority.RawDataMemory.Span));
        return answer.Select(json => new ClusterIdentity(
            client.Kubeconfig.Server, hash, json.GetProperty("metadata").GetProperty("uid").GetString() ?? ""));
    }
}
