using System.Net;
using System.Net.Sockets;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Api;

public sealed class KubectlTests : IAsyncLifetime
{
    private const string Manifest =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: default, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: main, image: "nginx:1.26"}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: default}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        """;

    private RunningApi _api = null!;

    public static TheoryData<string> Versions => ["1.20", "1.29", "1.33"];

    public async ValueTask InitializeAsync() => _api = await RunningApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory, MemberData(nameof(Versions))]
    public async Task Apply_creates_configures_and_leaves_alone(string version)
    {
        var kubectl = Kubectl.Of(version, _api);
        var file = Path.Combine(_api.Folder, "web.yaml");
        await File.WriteAllTextAsync(file, Manifest, TestContext.Current.CancellationToken);

        Assert.Equal("deployment.apps/web created\nservice/web created\n", await kubectl.GetAsync("apply", "-f", file));
        Assert.Equal("deployment.apps/web unchanged\nservice/web unchanged\n",
            await kubectl.GetAsync("apply", "-f", file));
        await File.WriteAllTextAsync(
            file, Manifest.Replace("1.26", "1.27", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal("deployment.apps/web configured\nservice/web unchanged\n",
            await kubectl.GetAsync("apply", "-f", file));
        Assert.Contains(
            "\"web\" deleted", await kubectl.GetAsync("delete", "-f", file), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_deployment_is_scaled_patched_restarted_and_shown(string version)
    {
        var kubectl = Kubectl.Of(version, _api);
        var file = Path.Combine(_api.Folder, "web.yaml");
        await File.WriteAllTextAsync(file, Manifest, TestContext.Current.CancellationToken);
        _ = await kubectl.GetAsync("create", "-f", file);

        Assert.Equal("deployment.apps/web scaled\n", await kubectl.GetAsync("scale", "deploy", "web", "--replicas=3"));
        var (code, output) = await kubectl.RunAsync("scale", "deploy", "web", "--current-replicas=7", "--replicas=1");
        Assert.Equal((1, "error: Expected replicas to be 7, was 3\n"), (code, output));
        Assert.Equal("deployment.apps/web patched\n",
            await kubectl.GetAsync("patch", "deploy", "web", "-p", """{"spec":{"replicas":4}}"""));
        Assert.Equal("deployment.apps/web restarted\n", await kubectl.GetAsync("rollout", "restart", "deploy/web"));
        Assert.Equal("deployment.apps/web image updated\n",
            await kubectl.GetAsync("set", "image", "deploy/web", "main=nginx:9"));
        Assert.Equal("nginx:9 4", await kubectl.GetAsync(
            "get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image} {.spec.replicas}"));
        Assert.Matches(
            @"NAME +READY +UP-TO-DATE +AVAILABLE +AGE +CONTAINERS +IMAGES +SELECTOR\nweb +0/4 +0 +0 +\d+s +main +nginx:9 +app=web\n",
            await kubectl.GetAsync("get", "deploy", "-o", "wide"));
        Assert.Contains("25% max unavailable, 25% max surge", await kubectl.GetAsync("describe", "deploy", "web"),
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task What_is_not_there_is_told_as_by_a_real_server(string version)
    {
        var kubectl = Kubectl.Of(version, _api);

        Assert.Equal(
            (1, "Error from server (NotFound): pods \"nothere\" not found\n"),
            await kubectl.RunAsync("get", "pod", "nothere"));
        Assert.Equal((1, "error: the server doesn't have a resource type \"foos\"\n"),
            await kubectl.RunAsync("get", "foos"));
        Assert.Equal((0, "No resources found in default namespace.\n"), await kubectl.RunAsync("get", "pods"));
        Assert.Contains("field label not supported: spec.nope",
            (await kubectl.RunAsync("get", "pods", "--field-selector=spec.nope=1")).Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Typed_create_works_with_json_and_protobuf_bodies(string version)
    {
        var kubectl = Kubectl.Of(version, _api);

        Assert.Equal("secret/s created\n",
            await kubectl.GetAsync("create", "secret", "generic", "s", "--from-literal=user=ü"));
        Assert.Equal("configmap/c created\n", await kubectl.GetAsync("create", "configmap", "c", "--from-literal=a=b"));
        Assert.Equal("namespace/n created\n", await kubectl.GetAsync("create", "namespace", "n"));
        Assert.Equal("deployment.apps/d created\n",
            await kubectl.GetAsync("create", "deployment", "d", "--image=nginx:1"));
        Assert.Equal("yes\n", await kubectl.GetAsync("auth", "can-i", "delete", "pods"));
        Assert.Equal("w7w=", await kubectl.GetAsync("get", "secret", "s", "-o", "jsonpath={.data.user}"));
        Assert.Equal("nginx:1",
            await kubectl.GetAsync("get", "deploy", "d", "-o", "jsonpath={.spec.template.spec.containers[0].image}"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Logs_and_top_reach_the_node(string version)
    {
        var kubectl = Kubectl.Of(version, _api);
        AddPod();
        _api.Node.Samples.Add(new("default", "p", "main", "node-1", 250_000_000, 64 * 1024 * 1024));

        Assert.Equal("line 2 of main\nline 3 of main\n", await kubectl.GetAsync("logs", "p", "--tail=2"));
        Assert.Equal(
            (1, "Error from server (BadRequest): previous terminated container \"main\" in pod \"p\" not found\n"),
            await kubectl.RunAsync("logs", "p", "--previous"));
        Assert.Matches(@"p +250m +64Mi", await kubectl.GetAsync("top", "pods"));
        Assert.Matches(@"node-1 +250m +12% +64Mi +1%", await kubectl.GetAsync("top", "nodes"));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Port_forward_carries_bytes_both_ways(string version)
    {
        var kubectl = Kubectl.Of(version, _api);
        AddPod();
        var started = new TaskCompletionSource<int>();
        var served = EchoOnceAsync(started, TestContext.Current.CancellationToken);
        var port = await started.Task;

        using var process = kubectl.Start(
            _api.Kubeconfig, ["port-forward", "pod/p", "--address=127.0.0.1", $":{port}"]);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            var local = int.Parse(line!.Split(' ')[2].Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, local, TestContext.Current.CancellationToken);
            var sent = System.Security.Cryptography.RandomNumberGenerator.GetBytes(300_000);
            var stream = client.GetStream();
            var writing = stream.WriteAsync(sent, TestContext.Current.CancellationToken);
            var received = new byte[sent.Length];
            await stream.ReadExactlyAsync(received, TestContext.Current.CancellationToken);
            await writing;
            Assert.Equal(sent, received);
        }
        finally
        {
            process.Kill();
        }

        await served;
    }

    [Fact]
    public async Task A_client_certificate_opens_the_door_too()
    {
        var kubectl = Kubectl.Of("1.33", _api);

        var (code, output) = await kubectl.RunAsync(_api.CertificateKubeconfig, ["get", "ns", "-o", "name"]);

        Assert.Equal((0, "namespace/default\nnamespace/kube-public\nnamespace/kube-system\n"), (code, output));
    }

    [Fact]
    public async Task A_strict_apply_names_every_unknown_field()
    {
        var kubectl = Kubectl.Of("1.33", _api);
        var file = Path.Combine(_api.Folder, "typo.yaml");
        await File.WriteAllTextAsync(
            file, Manifest.Replace("replicas", "replicsa", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var (code, output) = await kubectl.RunAsync("apply", "-f", file);

        Assert.Equal(1, code);
        Assert.Contains(
            "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: unknown field \"spec.replicsa\"",
            output,
            StringComparison.Ordinal);
    }

    private void AddPod() => _api.Store.Create(new ObjectKey("", "pods", "default", "p"), RunningApi.Json(
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},
         "spec":{"nodeName":"node-1","containers":[{"name":"main","image":"x:1"}]},"status":{"phase":"Running"}}
        """));

    private static async Task EchoOnceAsync(TaskCompletionSource<int> started, CancellationToken ct)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        started.SetResult(((IPEndPoint)listener.LocalEndpoint).Port);
        using var peer = await listener.AcceptTcpClientAsync(ct);
        var stream = peer.GetStream();
        try
        {
            await stream.CopyToAsync(stream, ct);
        }
        catch (IOException)
        {
            // kubectl is ended in the middle; what counts was compared by then.
            return;
        }
    }
}
