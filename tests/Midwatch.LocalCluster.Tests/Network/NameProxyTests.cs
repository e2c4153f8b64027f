using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Network;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Tests.Kubelet;

namespace Midwatch.LocalCluster.Tests.Network;

/// <summary>The forward proxy for service names, asked over its socket; a server of ours is the service.</summary>
public sealed class NameProxyTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("midwatch-names-").FullName;
    private readonly ObjectStore _store = new(TimeProvider.System);
    private readonly ClusterNetwork _network;
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public NameProxyTests()
    {
        _network = ClusterNetwork.Start(_store, _directory)
            ?? throw new InvalidOperationException("No loopback range is free.");
        _server.Bind(new IPEndPoint(_network.PodAddresses.Allocate()!, 0));
        _server.Listen();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await _network.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("web.shop")]
    [InlineData("web.shop.svc")]
    [InlineData("web.shop.svc.cluster.local")]
    public async Task A_request_reaches_the_service_by_each_of_its_names(string name)
    {
        await ServiceAsync("web", "shop");
        using var client = await ConnectAsync();
        await SendAsync(
            client, $"POST http://{name}:8000/a HTTP/1.1\r\nHost: {name}:8000\r\nContent-Length: 4\r\n\r\nbody");
        using var accepted = await AcceptAsync();
        Assert.Equal(
            $"POST /a HTTP/1.1\r\nHost: {name}:8000\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody",
            await ReadAsync(accepted, "body"));
        await SendAsync(accepted, "HTTP/1.1 201 Created\r\nConnection: close\r\n\r\nmade");
        accepted.Shutdown(SocketShutdown.Both);
        Assert.Equal("HTTP/1.1 201 Created\r\nConnection: close\r\n\r\nmade", await ReadAsync(client));
    }

    [Fact]
    public async Task A_tunnel_carries_whatever_both_sides_say()
    {
        await ServiceAsync("web", "shop");
        using var client = await ConnectAsync();
        await SendAsync(client, "CONNECT web.shop.svc:8000 HTTP/1.1\r\nHost: web.shop.svc:8000\r\n\r\nearly");
        using var accepted = await AcceptAsync();
        Assert.Equal("early", await ReadAsync(accepted, "early"));
        Assert.Equal("HTTP/1.1 200 Connection established\r\n\r\n", await ReadAsync(client, "\r\n\r\n"));
        await SendAsync(accepted, "one");
        Assert.Equal("one", await ReadAsync(client, "one"));
        await SendAsync(client, "two");
        Assert.Equal("two", await ReadAsync(accepted, "two"));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await ReadAsync(accepted));
    }

    [Theory]
    [InlineData("example.com:80", "Could not resolve host: example.com is no service of this cluster")]
    [InlineData("127.0.0.1:22", "Could not resolve host: 127.0.0.1 is no service")]
    [InlineData("web.other:8000", "Could not resolve host: web.other is no service")]
    [InlineData("web.svc:8000", "Could not resolve host: web.svc is no service")]
    [InlineData("web.shop:22", "Connection refused: the service web.shop has no port 22.")]
    [InlineData("idle.shop:8000", "Connection refused: the service idle.shop has no ready endpoint.")]
    [InlineData("twice:8000", "Several namespaces have a service twice: twice.back, twice.shop. Say which.")]
    public async Task What_is_no_service_is_refused_in_words_and_never_whole(string place, string reason)
    {
        await ServiceAsync("web", "shop");
        Create("services", "idle", "shop", Plain(_network.ServiceAddresses.Allocate()!));
        Create("services", "twice", "shop", Plain(_network.ServiceAddresses.Allocate()!));
        Create("services", "twice", "back", Plain(_network.ServiceAddresses.Allocate()!));
        using var handler = new SocketsHttpHandler { Proxy = new WebProxy($"http://{_network.Names.Address}") };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(
            new Uri($"http://{place}/"), HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        _ = await Assert.ThrowsAsync<HttpRequestException>(
            async () => await answer.Content.CopyToAsync(Stream.Null, Stop));
        using var head = new HttpRequestMessage(HttpMethod.Head, new Uri($"http://{place}/"));
        _ = await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(head, Stop));
        using var tunnel = await ConnectAsync();
        await SendAsync(tunnel, $"CONNECT {place} HTTP/1.1\r\n\r\n");
        var text = await ReadAsync(tunnel);
        Assert.StartsWith("HTTP/1.1 502 Bad Gateway\r\n", text, StringComparison.Ordinal);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bare_name_is_first_of_the_askers_namespace()
    {
        await ServiceAsync("web", "shop");
        Create("services", "web", "back", Plain(_network.ServiceAddresses.Allocate()!));
        using var client = await ConnectAsync();
        var asker = Convert.ToBase64String(Encoding.UTF8.GetBytes("shop:"));
        await SendAsync(client, $"GET http://web:8000/ HTTP/1.1\r\nProxy-Authorization: Basic {asker}\r\n\r\n");
        using var accepted = await AcceptAsync();
        Assert.DoesNotContain("Proxy-", await ReadAsync(accepted, "\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: web\r\n\r\n")]
    [InlineData("CONNECT web HTTP/1.1\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001 hello\r\n\r\n")]
    public async Task What_is_no_request_to_a_proxy_is_told_so(string text)
    {
        using var client = await ConnectAsync();
        await SendAsync(client, text);
        var answer = await ReadAsync(client);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("CONNECT SERVICE:PORT.\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_on_loopback_alone_and_ends_with_the_cluster()
    {
        await ServiceAsync("web", "shop");
        var network = ClusterNetwork.Start(_store, Path.Combine(_directory, "other"))!;
        var proxy = network.Names.Address;
        Assert.Equal(IPAddress.Loopback, proxy.Address);
        using var client = await ConnectAsync(proxy);
        await SendAsync(client, "CONNECT web.shop:8000 HTTP/1.1\r\n\r\n");
        _ = await ReadAsync(client, "\r\n\r\n");
        await network.DisposeAsync();
        try
        {
            Assert.Equal("", await ReadAsync(client));
        }
        catch (SocketException reset)
        {
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }

        _ = await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(proxy));
    }

    private static async Task SendAsync(Socket socket, string text) =>
        _ = await socket.SendAsync(Encoding.Latin1.GetBytes(text), Stop);

    // To the end, or until the text ends so.
    private static async Task<string> ReadAsync(Socket socket, string? end = null)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (end is null || !text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer, Stop);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static string Plain(string address) => $$"""
        { "kind": "Service", "spec": { "clusterIP": "{{address}}", "ports": [ { "name": "http", "port": 8000, "targetPort": 1 } ] } }
        """;

    private Task<Socket> ConnectAsync() => ConnectAsync(_network.Names.Address);

    private static async Task<Socket> ConnectAsync(IPEndPoint proxy)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(proxy, Stop);
        return client;
    }

    // The look whether the service listens already left a connection that was closed at once.
    private async Task<Socket> AcceptAsync()
    {
        while (true)
        {
            var accepted = await _server.AcceptAsync(Stop);
            if (await accepted.ReceiveAsync(new byte[1], SocketFlags.Peek, Stop) > 0)
            {
                return accepted;
            }

            accepted.Dispose();
        }
    }

    private async Task ServiceAsync(string name, string ns)
    {
        var address = _network.ServiceAddresses.Allocate()!;
        var target = (IPEndPoint)_server.LocalEndPoint!;
        Create("services", name, ns, Plain(address));
        Create("endpointslices", name, ns, $$"""
            { "kind": "EndpointSlice", "metadata": { "labels": { "kubernetes.io/service-name": "{{name}}" } },
              "ports": [ { "name": "http", "port": {{target.Port}} } ],
              "endpoints": [ { "addresses": [ "{{target.Address}}" ], "conditions": { "ready": true } } ] }
            """);
        await Eventually.HoldsAsync(async () =>
        {
            using var look = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            return await look.ConnectAsync(IPAddress.Parse(address), 8000, Stop).AsTask()
                .ContinueWith(done => done.IsCompletedSuccessfully, TaskScheduler.Default);
        });
    }

    private void Create(string plural, string name, string ns, string json) =>
        Assert.IsType<StoreResult.Done>(_store.Create(
            new(plural == "services" ? "" : "discovery.k8s.io", plural, ns, name), (JsonObject)JsonNode.Parse(json)!));
}
