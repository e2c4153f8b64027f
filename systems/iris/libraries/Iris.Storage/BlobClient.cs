using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Xml.Linq;

namespace Iris.Storage;

/// <summary>Speaks to one container of a storage account.</summary>
/// <param name="http">Its base address is the blob endpoint; the account is the first part of each path.</param>
/// <remarks>Every method throws <see cref="StorageException"/> when the account refuses or is away.</remarks>
public sealed class BlobClient(HttpClient http, SharedKey key, string container, TimeProvider time)
{
    private const string ProtocolVersion = "2021-08-06";

    /// <summary>Reads a blob: its newest version, or the one that is named.</summary>
    public async Task<(byte[] Content, string Version)> GetAsync(
        string blob, string? version, CancellationToken cancellationToken)
    {
        var query = version is null ? [] : ImmutableDictionary<string, string>.Empty.Add("versionid", version);
        using var answer = await SendAsync(HttpMethod.Get, blob, query, [], null, cancellationToken);
        return (await answer.Content.ReadAsByteArrayAsync(cancellationToken), VersionOf(answer));
    }

    /// <summary>Stores a blob; the version before it is kept.</summary>
    /// <param name="overwrite">Otherwise a blob that is there already is refused.</param>
    /// <returns>The new version.</returns>
    public async Task<string> PutAsync(
        string blob, byte[] content, bool overwrite, CancellationToken cancellationToken)
    {
        ImmutableArray<(string, string)> headers = [("x-ms-blob-type", "BlockBlob")];
        headers = overwrite ? headers : headers.Add(("If-None-Match", "*"));
        using var answer = await SendAsync(HttpMethod.Put, blob, [], headers, content, cancellationToken);
        return VersionOf(answer);
    }

    /// <summary>Makes an earlier version of a blob its newest one.</summary>
    /// <returns>The new version.</returns>
    public async Task<string> RestoreAsync(string blob, string version, CancellationToken cancellationToken)
    {
        var source = new Uri(http.BaseAddress!, $"{PathOf(blob)}?versionid={Uri.EscapeDataString(version)}");
        using var answer = await SendAsync(HttpMethod.Put, blob, [],
            [("x-ms-copy-source", source.AbsoluteUri)], [], cancellationToken);
        return VersionOf(answer);
    }

    /// <summary>Lists every version of the blobs whose names begin with the prefix.</summary>
    public async Task<ImmutableArray<BlobEntry>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var query = ImmutableDictionary<string, string>.Empty
            .Add("restype", "container").Add("comp", "list").Add("include", "versions").Add("prefix", prefix);
        using var answer = await SendAsync(HttpMethod.Get, "", query, [], null, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return [.. XDocument.Parse(text).Descendants("Blob").Select(blob => new BlobEntry(
            blob.Element("Name")!.Value,
            blob.Element("VersionId")?.Value ?? "",
            blob.Element("IsCurrentVersion")?.Value == "true",
            (long?)blob.Element("Properties")?.Element("Content-Length") ?? 0))];
    }

    private string PathOf(string blob) => blob.Length == 0 ? $"/{key.Account}/{container}"
        : $"/{key.Account}/{container}/{string.Join('/', blob.Split('/').Select(Uri.EscapeDataString))}";

    private static string VersionOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("x-ms-version-id", out var values) ? values.First() : "";

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string blob, ImmutableDictionary<string, string> query,
        ImmutableArray<(string Name, string Value)> headers, byte[]? body, CancellationToken cancellationToken)
    {
        headers = headers
            .Add(("x-ms-date", time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture)))
            .Add(("x-ms-version", ProtocolVersion));
        var parameters = string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        var path = PathOf(blob);
        using var request = new HttpRequestMessage(
            method, new Uri(parameters.Length == 0 ? path : $"{path}?{parameters}", UriKind.Relative));
        var signed = SignedRequest.NoHeaders.AddRange(
            headers.Select(header => KeyValuePair.Create(header.Name, header.Value)));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            signed = signed.Add("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
        }

        var authorization = key.Authorization(new SignedRequest(method.Method, path, query, signed));
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        return await CheckedAsync(request, blob, cancellationToken);
    }

    private async Task<HttpResponseMessage> CheckedAsync(
        HttpRequestMessage request, string blob, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StorageException(
                $"storage account {key.Account} cannot be reached: {failure.InnerException?.Message ?? failure.Message}",
                failure);
        }

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            var code = answer.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : "no reason";
            throw new StorageException(
                $"storage account {key.Account} answered {(int)answer.StatusCode} {code} for '{container}/{blob}'");
        }
    }
}
