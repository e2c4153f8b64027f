using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace SentinelTranslate.Discovery;

/// <summary>Lists the pods of the own namespace, as the pod's ServiceAccount may.</summary>
internal sealed class PodList : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private readonly string _account;
    private readonly HttpClient _http;
    private readonly Uri _path;

    /// <exception cref="IOException">The ServiceAccount is not mounted.</exception>
    public PodList(DiscoverySettings settings)
    {
        _account = settings.AccountDirectory;
        var authority = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(_account, "ca.crt")));
        var space = File.ReadAllText(Path.Combine(_account, "namespace")).Trim();
        _path = new Uri($"/api/v1/namespaces/{Uri.EscapeDataString(space)}/pods", UriKind.Relative);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // a cluster's own authority publishes no list
        };
        policy.CustomTrustStore.Add(authority);
        var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
        _http = new HttpClient(handler) { BaseAddress = settings.Server, Timeout = AnswerLimit };
    }

    /// <exception cref="HttpRequestException">The server could not be reached, or refused.</exception>
    public async Task<JsonNode?> ReadAsync(CancellationToken cancellationToken)
    {
        // Read each time: the kubelet renews the token while the pod runs.
        var token = await File.ReadAllTextAsync(Path.Combine(_account, "token"), cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, _path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public void Dispose() => _http.Dispose();
}
