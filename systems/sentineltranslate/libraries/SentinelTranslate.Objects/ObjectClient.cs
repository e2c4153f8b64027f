using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Xml;
using System.Xml.Linq;

namespace SentinelTranslate.Objects;

/// <summary>Reads and writes objects by S3's protocol, the bucket being part of the path.</summary>
/// <param name="http">Its base address is the store's endpoint.</param>
/// <remarks>Every method throws <see cref="ObjectStoreException"/> when the store refuses or is away.</remarks>
public sealed class ObjectClient(HttpClient http, AccessKey key, TimeProvider time)
{
    /// <summary>Reads an object.</summary>
    public async Task<byte[]> GetAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, bucket, name, null, cancellationToken).ConfigureAwait(false);
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes an object, over the one of this name.</summary>
    public async Task PutAsync(string bucket, string name, byte[] content, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            HttpMethod.Put, bucket, name, content, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string bucket, string name, byte[]? body, CancellationToken cancellationToken)
    {
        var path = $"/{Uri.EscapeDataString(bucket)}/"
            + string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        var hash = AccessKey.Hash(body);
        var now = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
        {
            ["host"] = http.BaseAddress!.Authority,
            ["x-amz-content-sha256"] = hash,
            ["x-amz-date"] = now,
        });
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", hash);
        request.Headers.TryAddWithoutValidation("x-amz-date", now);
        request.Headers.TryAddWithoutValidation("Authorization", key.Authorization(
            new SignedRequest(method.Method, path, NoQuery, headers, hash, now)));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        }

        return await CheckedAsync(request, $"{bucket}/{name}", cancellationToken).ConfigureAwait(false);
    }

    private static ImmutableSortedDictionary<string, string> NoQuery { get; } =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    private async Task<HttpResponseMessage> CheckedAsync(
        HttpRequestMessage request, string what, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ObjectStoreException(
                $"the object store cannot be reached: {failure.InnerException?.Message ?? failure.Message}", failure);
        }

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new ObjectStoreException(
                $"the object store answered {(int)answer.StatusCode} {Code(text)} for s3://{what}");
        }
    }

    private static string Code(string answer)
    {
        try
        {
            return XDocument.Parse(answer).Root?.Element("Code")?.Value ?? "no reason";
        }
        catch (XmlException)
        {
            return "no reason";
        }
    }
}
