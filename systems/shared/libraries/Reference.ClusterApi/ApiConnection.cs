using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Reference.ClusterApi;

/// <summary>Sends requests to the API server, as the pod's ServiceAccount.</summary>
internal sealed class ApiConnection : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private readonly PodAccount _account;
    private readonly HttpClient _http;

    /// <exception cref="IOException">The ServiceAccount is not mounted.</exception>
    public ApiConnection(PodAccount account)
    {
        _account = account;
        var authority = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(account.Directory, "ca.crt")));
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // a cluster's own authority publishes no list
        };
        policy.CustomTrustStore.Add(authority);
        var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
        _http = new HttpClient(handler) { BaseAddress = account.Server, Timeout = AnswerLimit };
    }

    /// <exception cref="HttpRequestException">The server could not be reached, or refused.</exception>
    public async Task<JsonNode?> SendAsync(
        HttpMethod method, string path, JsonObject? body, string contentType, CancellationToken cancellationToken)
    {
        // Read each time: the kubelet renews the token while the pod runs.
        var token = await File.ReadAllTextAsync(Path.Combine(_account.Directory, "token"), cancellationToken);
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, contentType);
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
