using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.Kubernetes;

/// <summary>A small client of the Kubernetes API: one context, one identity. Safe to call from many threads.</summary>
public sealed class KubernetesClient(Kubeconfig kubeconfig, TimeProvider time) : IDisposable
{
    private readonly ApiConnection _connection = new(kubeconfig);

    /// <summary>The context that it speaks for.</summary>
    public Kubeconfig Kubeconfig { get; } = kubeconfig;

    /// <summary>Reads one object.</summary>
    public async Task<KubernetesAnswer<JsonElement>> GetAsync(ResourcePath path, CancellationToken cancellationToken) =>
        await JsonAsync(HttpMethod.Get, path.ToString(), null, cancellationToken);

    /// <summary>Reads a list, all pages of it.</summary>
    public async Task<KubernetesAnswer<ResourceList>> ListAsync(
        ResourcePath path, ListQuery query, CancellationToken cancellationToken)
    {
        var items = ImmutableArray.CreateBuilder<JsonElement>();
        string? next = null;
        for (var page = 0; page < Limits.ListPagesMax; page++)
        {
            var answer = await JsonAsync(HttpMethod.Get, path + Query(query, next), null, cancellationToken);
            if (answer is not KubernetesAnswer<JsonElement>.Done { Value: var json })
            {
                return answer.Select(_ => new ResourceList([], ""));
            }

            items.AddRange(json.TryGetProperty("items", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray() : []);
            next = Metadata(json, "continue");
            if (string.IsNullOrEmpty(next))
            {
                return new KubernetesAnswer<ResourceList>.Done(
                    new ResourceList(items.ToImmutable(), Metadata(json, "resourceVersion") ?? ""));
            }
        }

        return new KubernetesAnswer<ResourceList>.Unreachable($"the list of {path.Plural} has no end");
    }

    /// <summary>
    /// Follows a list's changes until the server ends the watch or the token is cancelled; a failure comes as the last
    /// element.
    /// </summary>
    /// <param name="resourceVersion">Where to start: the version of a list; null for everything there is, then
    /// changes.</param>
    public async IAsyncEnumerable<KubernetesAnswer<WatchEvent>> WatchAsync(
        ResourcePath path, ListQuery query, string? resourceVersion,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var version = resourceVersion is null ? "" : $"&resourceVersion={Uri.EscapeDataString(resourceVersion)}";
        var address = $"{path}{Query(query, null)}&watch=true&allowWatchBookmarks=true{version}";
        await foreach (var line in new WatchReader(_connection).ReadAsync(address, cancellationToken))
        {
            yield return line;
        }
    }

    /// <summary>Changes one object by a patch.</summary>
    public async Task<KubernetesAnswer<JsonElement>> PatchAsync(
        ResourcePath path, PatchKind kind, JsonNode patch, CancellationToken cancellationToken)
    {
        var type = kind switch
        {
            PatchKind.Strategic => "application/strategic-merge-patch+json",
            PatchKind.Merge => "application/merge-patch+json",
            _ => "application/json-patch+json",
        };
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(patch.ToJsonString()));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await JsonAsync(HttpMethod.Patch, $"{path}?fieldManager=midwatch", content, cancellationToken);
    }

    /// <summary>Reads a container's log.</summary>
    public async Task<KubernetesAnswer<string>> LogAsync(LogQuery query, CancellationToken cancellationToken)
    {
        var path = ResourcePath.Core("pods", query.Namespace, query.Pod) with { Subresource = "log" };
        var address = FormattableString.Invariant($"{path}?limitBytes={query.BytesMax}")
            + (query.Container is null ? "" : $"&container={Uri.EscapeDataString(query.Container)}")
            + (query.Previous ? "&previous=true" : "")
            + (query.TailLines is { } tail ? FormattableString.Invariant($"&tailLines={tail}") : "");
        var answer = await SendAsync(
            HttpMethod.Get, address, null,
            (response, token) => AnswerReader.ReadAsync(response, query.BytesMax, cutAtLimit: true, token),
            cancellationToken);
        return answer.Select(Encoding.UTF8.GetString);
    }

    /// <summary>
    /// Asks a Service by HTTP GET through the API server. What the Service says, with any status, is
    /// <see cref="KubernetesAnswer{T}.Done"/>; what the API server says about it (no endpoint, refused) is a failure.
    /// </summary>
    public async Task<KubernetesAnswer<ProxyReply>> ProxyGetAsync(ProxyQuery query, CancellationToken cancellationToken)
    {
        var target = Uri.EscapeDataString($"{query.Scheme}:{query.Service}:{query.Port}");
        var address = $"/api/v1/namespaces/{Uri.EscapeDataString(query.Namespace)}/services/{target}/proxy{query.Path}";
        return await SendAsync(HttpMethod.Get, address, null, ProxyReplyAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static async Task<KubernetesAnswer<ProxyReply>> ProxyReplyAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (body, _) = await AnswerReader.BodyAsync(response, Limits.ProxyBytesMax, cancellationToken);
        var status = (int)response.StatusCode;
        return status >= 400 && AnswerReader.StatusMessage(body) is not null
            ? AnswerReader.Failure<ProxyReply>(status, body)
            : new KubernetesAnswer<ProxyReply>.Done(new ProxyReply(status, Encoding.UTF8.GetString(body)));
    }

    private static string Query(ListQuery query, string? next)
    {
        var text = new StringBuilder(FormattableString.Invariant($"?limit={Limits.ListPageItems}"));
        foreach (var (name, value) in new[]
        {
            ("labelSelector", query.LabelSelector), ("fieldSelector", query.FieldSelector), ("continue", next),
        })
        {
            _ = string.IsNullOrEmpty(value)
                ? text
                : text.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    private static string? Metadata(JsonElement list, string member) =>
        list.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty(member, out var value)
            ? value.GetString() : null;

    private async Task<KubernetesAnswer<JsonElement>> JsonAsync(
        HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(
            method, address, content,
            (response, token) => AnswerReader.ReadAsync(response, Limits.AnswerBytesMax, cutAtLimit: false, token),
            cancellationToken);
        return answer is KubernetesAnswer<byte[]>.Done { Value: var body }
            ? AnswerReader.Json(body)
            : answer.Select(_ => default(JsonElement));
    }

    private async Task<KubernetesAnswer<T>> SendAsync<T>(
        HttpMethod method, string address, HttpContent? content,
        Func<HttpResponseMessage, CancellationToken, Task<KubernetesAnswer<T>>> read,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limits.Request, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _connection.SendAsync(method, address, content, both.Token);
            return await read(response, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new KubernetesAnswer<T>.TimedOut(limit.IsCancellationRequested ? Limits.Request : Limits.Connect);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new KubernetesAnswer<T>.Unreachable(Unreachability.Explain(Kubeconfig, exception));
        }
    }
}
