using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>Talks to the cluster's API over HTTPS with a kubeconfig that the cluster wrote.</summary>
internal sealed class AdminConnection : IDisposable
{
    private readonly HttpClient _client;
    private readonly X509Certificate2 _authority;
    private readonly SocketsHttpHandler _handler;

    private AdminConnection(Kubeconfig config)
    {
        _authority = X509Certificate2.CreateFromPem(config.AuthorityPem);
        _handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsOurs },
        };
        _client = new HttpClient(_handler) { BaseAddress = config.Server, Timeout = TimeSpan.FromSeconds(30) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", config.Token);
        _client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("midwatch-cluster");
        Server = config.Server;
    }

    public Uri Server { get; }

    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="FormatException">It is not a kubeconfig of a local cluster.</exception>
    public static AdminConnection Open(string kubeconfigPath) => new(Kubeconfig.Read(kubeconfigPath));

    /// <summary>
    /// One request. What the server says, even an error status, is an answer; no connection is one too.
    /// </summary>
    public async Task<ServerAnswer> SendAsync(
        HttpMethod method, string path, JsonNode? body, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }

        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return new ServerAnswer(response.StatusCode, Parse(text));
        }
        catch (HttpRequestException error)
        {
            return new ServerAnswer(HttpStatusCode.ServiceUnavailable, Problem(
                $"the cluster at {_client.BaseAddress} does not answer ({error.Message})"));
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ServerAnswer(HttpStatusCode.GatewayTimeout, Problem(
                $"the cluster at {_client.BaseAddress} did not answer within {_client.Timeout.TotalSeconds} s"));
        }
    }

    public Task<ServerAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, body: null, MediaTypes.Json, cancellationToken);

    /// <summary>
    /// The objects of a list as they now are, and again after each change, until cancelled or cut off.
    /// </summary>
    /// <param name="path">A collection, with its selector as query.</param>
    public async IAsyncEnumerable<IReadOnlyCollection<JsonObject>> FollowAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var list = await GetAsync(path, cancellationToken);
        if (!list.IsSuccess)
        {
            yield break;
        }

        var objects = list.Items.ToDictionary(item => item.Text("metadata", "uid") ?? "", StringComparer.Ordinal);
        yield return objects.Values;
        var join = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var watch = $"{path}{join}watch=true&resourceVersion={list.Body.Text("metadata", "resourceVersion")}";
        using var request = new HttpRequestMessage(HttpMethod.Get, watch);
        using var response =
            await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Parse(line).At("object") is not JsonObject item || item.Text("metadata", "uid") is not { } uid)
            {
                continue;
            }

            if (Parse(line).Text("type") == "DELETED")
            {
                _ = objects.Remove(uid);
            }
            else
            {
                objects[uid] = item;
            }

            yield return objects.Values;
        }
    }

    /// <summary>Runs a command in a container to its end: null when it ended well, else what it said.</summary>
    /// <param name="path">The pod's <c>exec</c>, with container and command as query.</param>
    public async Task<string?> RunAsync(string path, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(ExecOutput.Protocol);
        socket.Options.SetRequestHeader("Authorization", $"{_client.DefaultRequestHeaders.Authorization}");
        socket.Options.RemoteCertificateValidationCallback = IsOurs;
        try
        {
            var address = new UriBuilder(new Uri(Server, path)) { Scheme = Uri.UriSchemeWss };
            await socket.ConnectAsync(address.Uri, cancellationToken);
            return await ExecOutput.ReadAsync(socket, cancellationToken);
        }
        catch (WebSocketException error)
        {
            return error.Message;
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
        _authority.Dispose();
    }

    private static JsonObject Problem(string message) => new() { ["message"] = message };

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return text.Length == 0 ? null : Problem(text);
        }
    }

    private bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 presented
            || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.Add(_authority);
        return own.Build(presented);
    }
}
