using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reference.ClusterApi;

/// <summary>Reads from the Kubernetes API, as the pod's ServiceAccount may.</summary>
/// <remarks>Safe to use from many threads.</remarks>
public sealed class ApiReader : IDisposable
{
    private readonly ApiConnection _connection;

    /// <exception cref="IOException">The ServiceAccount is not mounted.</exception>
    public ApiReader(PodAccount account) => _connection = new ApiConnection(account);

    /// <summary>Whether a failure is one of the API server's or of the way there, and not a mistake of ours.</summary>
    public static bool IsOutage(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or JsonException or IOException
        // HttpClient tells its own time limit as a cancellation that nobody asked for.
        || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Reads one object or list.</summary>
    /// <param name="path">As <c>/api/v1/namespaces/shop/pods</c>, its parts escaped.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="HttpRequestException">The server could not be reached, or refused.</exception>
    public Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) =>
        _connection.SendAsync(HttpMethod.Get, path, body: null, "application/json", cancellationToken);

    /// <summary>Reads the items of a list.</summary>
    /// <inheritdoc cref="GetAsync" path="/param|/exception"/>
    public async Task<IEnumerable<JsonObject>> ListAsync(string path, CancellationToken cancellationToken) =>
        (await GetAsync(path, cancellationToken))?["items"] is JsonArray items ? items.OfType<JsonObject>() : [];

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
