using System.Net.Sockets;
using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Midwatch.LocalCluster.Api.Answers;

namespace Midwatch.LocalCluster.Api.Proxy;

/// <summary>Forwards HTTP requests to services and pods: .../services/web:80/proxy/health.</summary>
internal sealed class ProxyHandler(ApiServerOptions options) : IDisposable
{
    private static readonly HttpRequestOptionsKey<ProxyTarget> TargetKey = new("midwatch-proxy-target");

    // RFC 9110 7.6.1, and the caller's own credentials, which are for the API server alone.
    private static readonly FrozenSet<string> NotForwarded = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Host",
            "Authorization",
        "Content-Length",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly ProxyResolver _resolver = new(options.Store);
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,

        // Pods come and go at the same addresses: a connection is for one request.
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = async (context, ct) =>
        {
            _ = context.InitialRequestMessage.Options.TryGetValue(TargetKey, out var target);
            return await options.Node.ConnectAsync(target!.Namespace, target.Pod, target.Port, ct)
                ?? throw new HttpRequestException(
                    $"dial tcp {target.Address}:{target.Port}: connect: connection refused");
        },
    });

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    public async Task<ApiAnswer> AnswerAsync(ApiCall call)
    {
        if (_resolver.Resolve(call, out var refusal) is not { } target)
        {
            return ApiAnswer.Refuse(refusal!);
        }

        using var request = Request(call, target);
        try
        {
            using var response = await _client.SendAsync(request, call.Stop);
            await RelayAsync(call.Http, response, call.Stop);
            return new ApiAnswer.Streamed();
        }
        catch (HttpRequestException broken) when (!call.Http.Response.HasStarted)
        {
            return ApiAnswer.Refuse(ApiStatus.Unavailable($"error trying to reach service: {Words(broken)}"));
        }
    }

    // In the words of Go's net/http, which is what stands in a real API server's answer.
    private static string Words(HttpRequestException broken) => broken.HttpRequestError switch
    {
        HttpRequestError.ResponseEnded => "EOF",
        HttpRequestError.InvalidResponse => "net/http: HTTP/1.x transport connection broken: malformed HTTP response",
        _ => Innermost(broken) switch
        {
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "EOF",
            SocketException { SocketErrorCode: SocketError.ConnectionReset } => "read: connection reset by peer",
            _ => broken.Message,
        },
    };

    private static Exception Innermost(Exception outer) => outer.InnerException is { } inner ? Innermost(inner) : outer;

    private static HttpRequestMessage Request(ApiCall call, ProxyTarget target)
    {
        // The exact characters of the path count, so it is cut from the raw text.
        var raw = new Uri(call.Http.Request.GetEncodedUrl()).PathAndQuery;
        var mark = raw.IndexOf("/proxy", StringComparison.Ordinal) + "/proxy".Length;
        var rest = raw[mark..];
        var path = rest.StartsWith('/') ? rest : "/" + rest;
        var request = new HttpRequestMessage(
            new HttpMethod(call.Method), new Uri($"{target.Scheme}://{target.Address}:{target.Port}{path}"))
        {
            Version = System.Net.HttpVersion.Version11,
        };
        request.Options.Set(TargetKey, target);
        var hasBody = call.Http.Request.ContentLength > 0 || call.Http.Request.Headers.TransferEncoding.Count > 0
            || call.Method is "POST" or "PUT" or "PATCH";
        if (hasBody)
        {
            request.Content = new StreamContent(call.Http.Request.Body);
            request.Content.Headers.ContentLength = call.Http.Request.ContentLength;
        }

        foreach (var (name, values) in call.Http.Request.Headers)
        {
            if (!NotForwarded.Contains(name) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                _ = request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return request;
    }

    private static async Task RelayAsync(HttpContext http, HttpResponseMessage response, CancellationToken ct)
    {
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!NotForwarded.Contains(name))
            {
                http.Response.Headers[name] = values.ToArray();
            }
        }

        await using var body = await response.Content.ReadAsStreamAsync(ct);
        await body.CopyToAsync(http.Response.Body, ct);
    }
}
