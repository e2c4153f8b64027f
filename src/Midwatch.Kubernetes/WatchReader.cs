using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Midwatch.Kubernetes;

/// <summary>Reads a watch: one JSON document per line, for as long as the server likes.</summary>
internal sealed class WatchReader(ApiConnection connection)
{
    public async IAsyncEnumerable<KubernetesAnswer<WatchEvent>> ReadAsync(
        string address, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        KubernetesAnswer<WatchEvent>? failure = null;
        try
        {
            response = await connection.SendAsync(HttpMethod.Get, address, null, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            failure = new KubernetesAnswer<WatchEvent>.Unreachable(exception.Message);
        }

        if (response is null)
        {
            yield return failure ?? new KubernetesAnswer<WatchEvent>.Unreachable("no answer");
            yield break;
        }

        using (response)
        {
            if (!response.IsSuccessStatusCode)
            {
                var (body, _) = await AnswerReader.BodyAsync(response, Limits.ProxyBytesMax, cancellationToken);
                yield return AnswerReader.Failure<WatchEvent>((int)response.StatusCode, body);
                yield break;
            }

            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
            while (await NextLineAsync(lines, cancellationToken) is { } line)
            {
                yield return Parse(line);
            }
        }
    }

    // A server that goes away ends the watch like one that closes it: the caller lists anew.
    private static async Task<string?> NextLineAsync(StreamReader lines, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadLineAsync(cancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static KubernetesAnswer<WatchEvent> Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new KubernetesAnswer<WatchEvent>.Done(
                new WatchEvent(root.GetProperty("type").GetString() ?? "", root.GetProperty("object").Clone()));
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new KubernetesAnswer<WatchEvent>.Unreachable($"a line of the watch is broken: {exception.Message}");
        }
    }
}
