using System.Text.Json.Nodes;

namespace Reference.ClusterApi;

/// <summary>Writes to the Kubernetes API, as the pod's ServiceAccount may.</summary>
/// <remarks>Safe to use from many threads.</remarks>
public sealed class ApiWriter : IDisposable
{
    private readonly ApiConnection _connection;

    /// <exception cref="IOException">The ServiceAccount is not mounted.</exception>
    public ApiWriter(PodAccount account) => _connection = new ApiConnection(account);

    /// <summary>Creates an object.</summary>
    /// <param name="path">Of its collection: <c>/api/v1/namespaces/shop/secrets</c>.</param>
    /// <exception cref="HttpRequestException">The server could not be reached, or refused.</exception>
    public Task<JsonNode?> CreateAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        _connection.SendAsync(HttpMethod.Post, path, body, "application/json", cancellationToken);

    /// <summary>Changes the fields of an object that the patch names, and no other (RFC 7396).</summary>
    /// <param name="path">The object's own, or its <c>/status</c>.</param>
    /// <exception cref="HttpRequestException">The server could not be reached, or refused.</exception>
    public Task<JsonNode?> MergeAsync(string path, JsonObject patch, CancellationToken cancellationToken) =>
        _connection.SendAsync(HttpMethod.Patch, path, patch, "application/merge-patch+json", cancellationToken);

    /// <summary>Deletes an object.</summary>
    /// <param name="path">The object's own, with what is wanted of the deletion as its query.</param>
    /// <exception cref="HttpRequestException">The server could not be reached, or refused.</exception>
    public Task<JsonNode?> DeleteAsync(string path, CancellationToken cancellationToken) =>
        _connection.SendAsync(HttpMethod.Delete, path, body: null, "application/json", cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
