using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Kubelet.Probes;

/// <summary>
/// Asks by HTTP; every answer from 200 to 399 is a success. Certificates are not checked, as the kubelet does not.
/// </summary>
internal sealed class HttpProbe : IDisposable
{
    private const string Agent = "kube-probe/1.32";

    // Each look makes a connection of its own, so that it sees what a new client would see.
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
        },
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<ProbeOutcome> LookAsync(
        JsonObject get, string host, int port, TimeSpan timeout, TimeProvider time, CancellationToken ct)
    {
        var scheme = get.Text("scheme") == "HTTPS" ? "https" : "http";
        var path = get.Text("path") is { Length: > 0 } given ? given : "/";
        var url = $"{scheme}://{host}:{port}/{path.TrimStart('/')}";
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        _ = request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        _ = request.Headers.TryAddWithoutValidation("Accept", "*/*");
        foreach (var header in get.Items("httpHeaders"))
        {
            _ = request.Headers.TryAddWithoutValidation(header.Text("name") ?? "", header.Text("value") ?? "");
        }

        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)answer.StatusCode;
            return status is >= 200 and < 400
                ? ProbeOutcome.Success
                : ProbeOutcome.Failure($"HTTP probe failed with statuscode: {status}") with { IsAnswer = true };
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ProbeOutcome.Failure(
                $"Get \"{url}\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        }
        catch (HttpRequestException e)
        {
            return ProbeOutcome.Failure($"Get \"{url}\": {Reason(e, host, port)}");
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Reason(HttpRequestException e, string host, int port) => e.InnerException switch
    {
        SocketException socket => TcpProbe.Refusal(host, port, socket),
        IOException { InnerException: SocketException } => $"read tcp {host}:{port}: read: connection reset by peer",
        _ when e.HttpRequestError == HttpRequestError.ResponseEnded => "EOF",
        var inner => inner?.Message ?? e.Message,
    };
}
