using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Network;
using Midwatch.LocalCluster.Objects;
using Midwatch.Processes;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Tests.Kubelet;

/// <summary>A kubelet on the real store, with images made by the test and real processes.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private const string Namespace = "shop";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ProgramStarter _starter = new();

    /// <param name="places">What containers have of their own; by default all that this machine gives.</param>
    public TestNode(TimeProvider? time = null, PlaceSupport? places = null)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("midwatch-kubelet-").FullName;
        Store = new ObjectStore(time ?? TimeProvider.System);
        Network =
            ClusterNetwork.Start(Store, Directory) ?? throw new InvalidOperationException("No loopback range is free.");
        Kubelet = KubeletNode.Start(new()
        {
            Store = Store,
            Events = new EventRecorder(Store, time ?? TimeProvider.System),
            Network = Network,
            Starter = _starter,
            Time = time ?? TimeProvider.System,
            NodeName = "node-1",
            Directory = Path.Combine(Directory, "kubelet"),
            ImageDirectories = () => System.IO.Directory.EnumerateDirectories(Directory, "images*"),
            ProgramsDirectory = "/opt/programs",
            Places = places ?? PlaceSupport.Find(Directory),
            Api = new("127.0.0.1", 6443, "CA", (ns, account, _, _, _) => $"token of {ns}/{account}"),
        });
        Image("box",
            """{ "repository": "docker.io/library/box", "entrypoint": ["/bin/sh", "-c"], "arguments": ["exec sleep 600"] }""");
    }

    public string Directory { get; }

    public ObjectStore Store { get; }

    public ClusterNetwork Network { get; }

    public KubeletNode Kubelet { get; }

    public void Image(string name, string json)
    {
        var folder = Path.Combine(Directory, "images", name);
        _ = System.IO.Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "image.json"), json);
    }

    public StoredObject Create(string group, string plural, string name, string json) =>
        Store.Create(new(group, plural, Namespace, name), Parse(json)).Written
        ?? throw new InvalidOperationException($"{plural}/{name} is there already.");

    /// <summary>
    /// A pod of one container "main"; <paramref name="container"/> and <paramref name="spec"/> add JSON fields.
    /// </summary>
    public StoredObject Pod(string name, string container, string spec = "") => Create("", "pods", name, $$"""
        {
          "kind": "Pod", "apiVersion": "v1",
          "metadata": { "name": "{{name}}", "namespace": "{{Namespace}}", "labels": { "app": "{{name}}" } },
          "spec": {
            "nodeName": "node-1", {{spec}}
            "containers": [ { "name": "main", "image": "box", {{container}} } ]
          },
          "status": { "phase": "Pending" }
        }
        """);

    /// <summary>
    /// A container field that runs a shell script, to be put among others. Kubernetes reads $$ as one dollar.
    /// </summary>
    public static string Script(string script) =>
        $"\"args\": [{JsonValue.Create(script.Replace("$", "$$", StringComparison.Ordinal)).ToJsonString()}]";

    public JsonObject? Get(string pod) => Store.Get(new("", "pods", Namespace, pod))?.Body;

    public void Delete(string pod, long? grace = null) =>
        Store.Delete(new("", "pods", Namespace, pod), new DeleteOptions(GracePeriodSeconds: grace));

    /// <summary>Waits until a version of the pod satisfies; null stands for "it is gone".</summary>
    public async Task<JsonObject> UntilAsync(string pod, Func<JsonObject, bool> satisfies)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var watch = Store.Watch("", "pods", Namespace, null);
        try
        {
            await foreach (var change in watch.WithCancellation(limit.Token))
            {
                if (change.Object.Key.Name == pod && change.Type != StoreEventType.Deleted
                    && satisfies(change.Object.Body))
                {
                    return change.Object.Body;
                }
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail(
                $"It did not come to pass; the pod is {Get(pod)} and its events are\n{string.Join('\n', Events(pod))}");
        }

        throw new InvalidOperationException("The watch ended.");
    }

    public async Task GoneAsync(string pod)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var watch = Store.Watch("", "pods", Namespace, null);
        if (Get(pod) is null)
        {
            return;
        }

        await foreach (var change in watch.WithCancellation(limit.Token))
        {
            if (change.Object.Key.Name == pod && change.Type == StoreEventType.Deleted)
            {
                return;
            }
        }
    }

    public Task<JsonObject> RunningAsync(string pod) =>
        UntilAsync(pod, body => MainOf(body).At("state", "running") is not null);

    public Task<JsonObject> ReadyAsync(string pod) => UntilAsync(pod, body => MainOf(body).Flag("ready"));

    public static JsonObject MainOf(JsonObject pod) => pod.Items("status", "containerStatuses").FirstOrDefault() ?? [];

    public static string? Condition(JsonObject pod, string type, string field = "status") =>
        Conditions.Find(pod["status"], type).Text(field);

    /// <summary>"Warning Failed: message" in the order of first writing.</summary>
    public IEnumerable<string> Events(string pod) => Store.List("", "events", Namespace)
        .Where(one => one.Body.Text("involvedObject", "name") == pod)
        .OrderBy(one => one.Key.Name, StringComparer.Ordinal)
        .Select(one => $"{one.Body.Text("type")} {one.Body.Text("reason")}: {one.Body.Text("message")}");

    public async Task<string> LogAsync(PodLogRequest request)
    {
        using var output = new MemoryStream();
        Assert.IsType<LogResult.Written>(
            await Kubelet.ReadLogAsync(request, output, TestContext.Current.CancellationToken));
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public Task<string> LogAsync(string pod) => LogAsync(new PodLogRequest(Namespace, pod, "main"));

    /// <summary>Waits for output of the running container.</summary>
    public async Task<string> FirstLogLineAsync(string pod)
    {
        _ = await UntilAsync(pod, body => MainOf(body).At("state") is { } state && state["waiting"] is null);
        var output = new LineStream();
        var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(Patience);
        var reading = Kubelet.ReadLogAsync(new(Namespace, pod, "main", Follow: true), output, stop.Token);
        var line =
            await output.FirstLine.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return line;
    }

    /// <summary>Deletes a pod; what its log said to its end.</summary>
    public async Task<string> LogOfDeletedAsync(string pod)
    {
        var log = new MemoryStream();
        var following = Kubelet.ReadLogAsync(
            new(Namespace, pod, "main", Follow: true), log, TestContext.Current.CancellationToken);
        Delete(pod);
        await GoneAsync(pod);
        await following;
        return System.Text.Encoding.UTF8.GetString(log.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await Kubelet.DisposeAsync();
        await Network.DisposeAsync();
        await _starter.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static JsonObject Parse(string json) =>
        JsonNode.Parse(json, documentOptions: new() { AllowTrailingCommas = true }) as JsonObject ?? [];
}
