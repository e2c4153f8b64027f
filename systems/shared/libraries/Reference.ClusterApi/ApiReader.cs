using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reference.ClusterApi;

/// <summary>Reads from the Kubernetes API, as the pod's ServiceAccount may.</summary>
/// <remarks>Safe to use from many threads.</remarks>
public sealed class ApiReader : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private readonly PodAccount _account;
    private readonly HttpClient _http;

    /// <exception cref="IOException">The ServiceAccount is not mounted.</exception>
    public ApiReader(PodAccount account)
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

    /// <summary>Whether a failure is one of the API server's or of the way there, and not a mistake of ours.</summary>
    public static bool IsOutage(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or JsonException or IOException
        // HttpClient tells its own time limit as a cancellation that nobody asked for.
        || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Reads one object or list.</summary>
    /// <param name="path">As <c>/api/v1/namespaces/shop/pods</c>, its parts escaped.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="HttpRequestException">The server could not be reached, or refused.</exception>
    public async Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken)
    {
        // Read each time: the kubelet renews the token while the pod runs.
        var token = await File.ReadAllTextAsync(Path.Combine(_account.Directory, "token"), cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Reads the items of a list.</summary>
    /// <inheritdoc cref="GetAsync" path="/param|/exception"/>
    public async Task<IEnumerable<JsonObject>> ListAsync(string path, CancellationToken cancellationToken) =>
        (await GetAsync(path, cancellationToken))?["items"] is JsonArray items ? items.OfType<JsonObject>() : [];

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
