using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Network;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Tests.Kubelet;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Tests.Network;

public sealed class NetworkTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("midwatch-network-").FullName;
    private readonly ObjectStore _store = new(TimeProvider.System);
    private readonly ClusterNetwork _network;

    public NetworkTests() => _network = ClusterNetwork.Start(_store, _directory)
        ?? throw new InvalidOperationException("No loopback range is free.");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void Two_clusters_never_share_addresses()
    {
        using var other = LoopbackRange.Reserve();
        Assert.NotEqual(_network.NodeAddress(0), other?.Node(0));
        Assert.NotEqual(_network.PodAddresses.Allocate(), _network.PodAddresses.Allocate());
    }

    [Fact]
    public void A_service_address_is_given_once_and_only_from_the_range()
    {
        var addresses = _network.ServiceAddresses;
        var first = addresses.Allocate()!;
        Assert.Equal($"failed to allocate IP {first}: provided IP is already allocated", addresses.Claim(first));
        Assert.Equal(
            $"failed to allocate IP 10.96.0.10: the provided IP (10.96.0.10) is not in the valid range. The range of valid IPs is {addresses.Range}",
            addresses.Claim("10.96.0.10"));
        addresses.Release(first);
        Assert.Null(addresses.Claim(first));
        addresses.Release("None");
    }

    [Fact]
    public async Task A_service_forwards_to_ready_endpoints_and_refuses_without_one()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(_network.PodAddresses.Allocate()!, 0));
        server.Listen();
        var target = (IPEndPoint)server.LocalEndPoint!;
        var service = new IPEndPoint(IPAddress.Parse(Service("web", 80)), 80);
        Assert.False(await AnswersAsync(service));
        Slice("web", target, ready: true);
        await Eventually.HoldsAsync(() => AnswersAsync(service));
        using (var client = await ConnectAsync(service))
        {
            await using var back = new NetworkStream(client);
            await client.SendAsync("question"u8.ToArray());
            client.Shutdown(SocketShutdown.Send);
            using var accepted = await AcceptLastAsync(server);
            await using var stream = new NetworkStream(accepted);
            using var reader = new StreamReader(stream);
            Assert.Equal("question", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
            await accepted.SendAsync("answer"u8.ToArray());
            accepted.Shutdown(SocketShutdown.Send);
            using var answers = new StreamReader(back);
            Assert.Equal("answer", await answers.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        Slice("web", target, ready: false);
        await Eventually.HoldsAsync(async () => !await AnswersAsync(service));
    }

    [Fact]
    public async Task Names_of_services_resolve_inside_programs_and_follow_the_cluster()
    {
        Assert.SkipWhen(NameWrapper.Find() is null, $"{NameWrapper.Package} is not installed");
        await using var starter = new ProgramStarter();
        var address = Service("web", 80);
        var pod = new IPEndPoint(IPAddress.Parse("127.1.2.3"), 80);
        Create("", "services", "db",
            """{ "kind": "Service", "spec": { "clusterIP": "None", "ports": [ { "port": 80 } ] } }""");
        Slice("db", pod, ready: true, """ "hostname": "db-0", """);
        foreach (var name in new[] { "web", "web.shop", "web.shop.svc", "web.shop.svc.cluster.local" })
        {
            await Eventually.HoldsAsync(async () => await ResolveAsync(starter, "shop", name) == address);
        }

        await Eventually.HoldsAsync(
            async () => await ResolveAsync(starter, "shop", "db-0.db.shop.svc.cluster.local") == "127.1.2.3");
        Assert.Equal("127.1.2.3", await ResolveAsync(starter, "shop", "db"));
        Assert.Equal("", await ResolveAsync(starter, "other", "web"));
        Assert.Equal(address, await ResolveAsync(starter, "other", "web.shop"));
        Slice("db", pod, ready: false);
        await Eventually.HoldsAsync(async () => (await ResolveAsync(starter, "shop", "db")).Length == 0);
    }

    private static async Task<bool> AnswersAsync(IPEndPoint service)
    {
        try
        {
            using var client = await ConnectAsync(service);
            return true;
        }
        catch (SocketException e)
        {
            // A reset is a listener that was closed in the middle of the handshake: it had still taken the connection.
            Assert.True(e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset, e.Message);
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint service)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(service, TestContext.Current.CancellationToken);
        return client;
    }

    // Earlier looks at the service may have left connections that were closed at once.
    private static async Task<Socket> AcceptLastAsync(Socket server)
    {
        while (true)
        {
            var accepted = await server.AcceptAsync(TestContext.Current.CancellationToken);
            if (await accepted.ReceiveAsync(new byte[1], SocketFlags.Peek, TestContext.Current.CancellationToken) > 0)
            {
                return accepted;
            }

            accepted.Dispose();
        }
    }

    private async Task<string> ResolveAsync(ProgramStarter starter, string ns, string name)
    {
        using var pipe = OsPipe.Create();
        var result = starter.Start(new()
        {
            Argv = ["getent", "ahostsv4", name],
            Environment = _network.NameVariables(ns).SetItem("PATH", "/usr/bin:/bin"),
            WorkingDirectory = "/",
            StandardOutput = pipe.Write,
        });
        await using var program = Assert.IsType<StartResult.Started>(result).Program;
        pipe.Write.Dispose();
        var capture = BoundedCapture.Start(starter, pipe.Read);
        await capture.Completion;
        return System.Text.Encoding.ASCII.GetString(capture.Kept()).Split(' ')[0];
    }

    private string Service(string name, int port)
    {
        var address = _network.ServiceAddresses.Allocate()!;
        Create("", "services", name, $$"""
            { "kind": "Service", "spec": { "clusterIP": "{{address}}", "ports": [ { "name": "http", "port": {{port}}, "targetPort": 1 } ] } }
            """);
        return address;
    }

    private void Slice(string service, IPEndPoint target, bool ready, string endpoint = "")
    {
        var key = new ObjectKey("discovery.k8s.io", "endpointslices", "shop", service);
        var json = $$"""
            { "kind": "EndpointSlice", "metadata": { "labels": { "kubernetes.io/service-name": "{{service}}" } },
              "ports": [ { "name": "http", "port": {{target.Port}} } ],
              "endpoints": [ { {{endpoint}} "addresses": [ "{{target.Address}}" ], "conditions": { "ready": {{(ready ? "true" : "false")}} } } ] }
            """;
        _ = _store.Purge(key);
        Create(key.Group, key.Plural, key.Name, json);
    }

    private void Create(string group, string plural, string name, string json) =>
        Assert.IsType<StoreResult.Done>(
            _store.Create(new(group, plural, "shop", name), (JsonObject)JsonNode.Parse(json)!));
}
