using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Midwatch.LocalCluster.Kubelet.Probes;

/// <summary>
/// Asks grpc.health.v1.Health/Check over HTTP/2 without TLS, as the kubelet does; SERVING alone is a success.
/// </summary>
internal sealed class GrpcProbe : IDisposable
{
    private const string Method = "/grpc.health.v1.Health/Check";
    private const string Agent = "kube-probe/1.35";
    private const int PrefixBytes = 5;
    private const int AnswerBytesMax = 64 * 1024;
    private const byte ServiceTag = (1 << 3) | 2;
    private const string Unimplemented = "12";
    private const string DeadlineExceeded = "4";
    private static readonly string[] States = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];

    // Each look makes a connection of its own, so that it sees what a new client would see.
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="service">The service that is asked about; "" for the server as a whole.</param>
    public async Task<ProbeOutcome> LookAsync(
        string service, string host, int port, TimeSpan timeout, TimeProvider time, CancellationToken ct)
    {
        var address = $"{host}:{port}";
        var seconds = timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture) + "s";
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            using var request = Request(address, service);
            using var answer = await _client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var body = await ReadAsync(answer, either.Token);
            return Read(answer, body, seconds);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ProbeOutcome.Failure($"timeout: health rpc did not complete within {seconds}");
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            // Go's client tries again until the time is up, and tells of the time.
            return ProbeOutcome.Failure(
                $"timeout: failed to connect service \"{address}\" within {seconds}: context deadline exceeded");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return ProbeOutcome.Failure(
                $"error: health rpc probe failed: rpc error: code = Unavailable desc = {e.Message}");
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The message of a call: not compressed, its length, HealthCheckRequest. Pure.</summary>
    internal static byte[] Question(string service)
    {
        var name = Encoding.UTF8.GetBytes(service);
        var message = new List<byte>();
        if (name.Length > 0)
        {
            message.Add(ServiceTag);
            for (var left = name.Length; ; left >>= 7)
            {
                message.Add((byte)(left > 127 ? (left & 127) | 128 : left));
                if (left <= 127)
                {
                    break;
                }
            }

            message.AddRange(name);
        }

        var framed = new byte[PrefixBytes + message.Count];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Count);
        message.CopyTo(framed, PrefixBytes);
        return framed;
    }

    /// <summary>The state that HealthCheckResponse tells; "" for what is none. Pure.</summary>
    internal static string State(ReadOnlySpan<byte> framed)
    {
        if (framed.Length < PrefixBytes)
        {
            return "";
        }

        var message = framed[PrefixBytes..];
        return message.Length == 0 ? States[0]
            : message.Length >= 2 && message[0] == 1 << 3 && message[1] < States.Length ? States[message[1]]
            : "";
    }

    private static HttpRequestMessage Request(string address, string service)
    {
        var content = new ByteArrayContent(Question(service));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, $"http://{address}{Method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        _ = request.Headers.TryAddWithoutValidation("te", "trailers");
        _ = request.Headers.TryAddWithoutValidation("User-Agent", Agent);
        return request;
    }

    // A server that is none of gRPC may answer with anything: only so much is read.
    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[AnswerBytesMax];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return buffer[..length];
    }

    private static ProbeOutcome Read(HttpResponseMessage answer, byte[] body, string seconds)
    {
        var code = Field(answer, "grpc-status");
        var message = Uri.UnescapeDataString(Field(answer, "grpc-message") ?? "");
        return code switch
        {
            "0" => State(body) is "SERVING" ? ProbeOutcome.Success
                : ProbeOutcome.Failure($"service unhealthy (responded with \"{State(body)}\")"),
            Unimplemented => ProbeOutcome.Failure("error: this server does not implement the grpc health protocol "
                + $"(grpc.health.v1.Health): {message}"),
            DeadlineExceeded => ProbeOutcome.Failure($"timeout: health rpc did not complete within {seconds}"),
            null => ProbeOutcome.Failure("error: health rpc probe failed: rpc error: code = Unknown desc = "
                + $"unexpected HTTP status code received from server: {(int)answer.StatusCode}"),
            _ => ProbeOutcome.Failure(
                $"error: health rpc probe failed: rpc error: code = {Name(code)} desc = {message}"),
        };
    }

    // An answer without a body has its status among the headers.
    private static string? Field(HttpResponseMessage answer, string name) =>
        answer.TrailingHeaders.TryGetValues(name, out var last) || answer.Headers.TryGetValues(name, out last)
            ? last.First() : null;

    private static string Name(string code) => code switch
    {
        "1" => "Canceled",
        "2" => "Unknown",
        "3" => "InvalidArgument",
        "5" => "NotFound",
        "7" => "PermissionDenied",
        "8" => "ResourceExhausted",
        "13" => "Internal",
        "14" => "Unavailable",
        "16" => "Unauthenticated",
        _ => $"Code({code})",
    };
}
