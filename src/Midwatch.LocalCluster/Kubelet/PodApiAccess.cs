namespace Midwatch.LocalCluster.Kubelet;

/// <summary>How programs in pods reach the API server.</summary>
/// <param name="Host">KUBERNETES_SERVICE_HOST: an address that the server's certificate is for.</param>
/// <param name="Port">KUBERNETES_SERVICE_PORT.</param>
/// <param name="CertificateAuthority">The CA's certificate, PEM: the content of ca.crt.</param>
/// <param name="IssueToken">A token for a pod's service account; null when the account is not there.</param>
internal sealed record PodApiAccess(string Host, int Port, string CertificateAuthority, PodTokenIssuer IssueToken);

/// <summary>Issues a service account token that is bound to a pod.</summary>
internal delegate string? PodTokenIssuer(
    string ns, string serviceAccount, string podName, string podUid, TimeSpan lifetime);
