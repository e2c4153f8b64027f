using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Faults;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Tests.Hosting;

public sealed class ClusterHostTests(LiveCluster live)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_that_becomes_ready_and_then_crashes_takes_all_old_pods_away_and_can_be_reverted()
    {
        await live.ApplyAsync(LiveManifests.App, "crash");
        await live.UntilAsync(WorkloadPath.Watch("crash", "deployment/app"), Available(2));
        using var injector = Injector("crash", """
            faults:
              - id: bad
                summary: It crashes.
                inject:
                  - setImage: { workload: deployment/app, container: app, image: "test/app:crash" }
                  - waitFor: { rollout: deployment/app, within: 30s }
                  - waitFor: { unready: app=app, within: 30s }
            """);
        Assert.Equal(new FaultOutcome.Done("bad"), await injector.InjectAsync("bad", Stop));
        var pods = await live.UntilAsync(PodPath.Collection("crash", "app=app"),
            all => all.Count == 2 && all.All(IsCrashLooping));
        Assert.All(pods, pod => Assert.Equal("test/app:crash", pod.Items("spec", "containers").Single().Text("image")));
        Assert.IsType<FaultOutcome.Failed>(await injector.InjectAsync("bad", Stop));

        // From another process: nothing but the lease file is known there.
        using var other = Injector("crash", "faults: []");
        Assert.Contains(other.Active, fault => fault.Id == "bad");
        Assert.Equal(new FaultOutcome.Done("bad"), await other.RevertAsync(new("bad"), Stop));
        await live.UntilAsync(WorkloadPath.Watch("crash", "deployment/app"), Available(2));
        Assert.DoesNotContain(other.Active, fault => fault.Id == "bad");
    }

    [Fact]
    public async Task A_version_that_never_becomes_ready_leaves_the_old_pods_serving()
    {
        await live.ApplyAsync(LiveManifests.App, "hang");
        await live.UntilAsync(WorkloadPath.Watch("hang", "deployment/app"), Available(2));
        await PatchAsync("hang", WorkloadState.ImagePatch("app", "test/app:hang"));
        var pods = await live.UntilAsync(
            PodPath.Collection("hang", "app=app"),
            all => all.Count == 4 && all.All(pod => pod.Text("status", "phase") == "Running"));
        var ready = pods.Where(pod => !WorkloadState.NoneIsReady([pod])).ToList();
        Assert.Equal(2, ready.Count);
        Assert.All(ready, pod => Assert.Equal("test/app:good", pod.Items("spec", "containers").Single().Text("image")));
    }

    [Fact]
    public async Task A_frozen_redis_is_refused_by_its_service_and_healed_by_a_restart_of_its_StatefulSet()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "redis-server is not installed");
        await live.ApplyAsync(LiveManifests.Redis, "frozen");
        var path = PodPath.Collection("frozen", "app=redis");
        await live.UntilAsync(path, all => all.Count == 1 && !WorkloadState.NoneIsReady(all));
        var service = await live.Api.GetAsync("/api/v1/namespaces/frozen/services/redis", Stop);
        var address = new IPEndPoint(IPAddress.Parse(service.Body.Text("spec", "clusterIP")!), 6379);
        using var injector = Injector("frozen", """
            faults:
              - id: frozen
                summary: It does not answer.
                inject:
                  - freeze: { selector: app=redis, container: redis }
                  - waitFor: { unready: app=redis, within: 30s }
            """);
        Assert.Equal(new FaultOutcome.Done("frozen"), await injector.InjectAsync("frozen", Stop));
        await live.UntilAsync("/api/v1/namespaces/frozen/endpoints",
            all => !all.Single().Items("subsets").SelectMany(set => set.Items("addresses")).Any());
        await UntilRefusedAsync(address);

        var restart =
            (JsonObject)JsonNode.Parse(
                """{"spec": {"template": {"metadata": {"annotations": {"kubectl.kubernetes.io/restartedAt": "now"} } } } }""")!;
        var answer = await live.Api.SendAsync(
            HttpMethod.Patch, WorkloadPath.Of("frozen", "statefulset/redis"), restart,
            MediaTypes.StrategicMergePatch, Stop);
        Assert.True(answer.IsSuccess, answer.Message);
        await live.UntilAsync(path, all => all.Count == 1 && !WorkloadState.NoneIsReady(all)
            && all.Single().At("metadata", "deletionTimestamp") is null
            && all.Single().Text("metadata", "annotations", "kubectl.kubernetes.io/restartedAt") == "now");
        Assert.Equal(new FaultOutcome.Done("frozen"), await injector.RevertAsync(new("frozen"), Stop));
    }

    [Fact]
    public async Task A_script_runs_in_a_container_and_its_inverse_too_and_a_failure_is_told_with_what_it_printed()
    {
        await live.ApplyAsync(LiveManifests.Redis, "script");
        await live.UntilAsync(PodPath.Collection("script", "app=redis"),
            all => all.Count == 1 && !WorkloadState.NoneIsReady(all));
        using var injector = Injector("script", """
            faults:
              - id: wrote
                summary: Somebody left a file.
                inject:
                  - run: { selector: app=redis, container: redis, script: "echo > /tmp/left", undo: "rm /tmp/left" }
              - id: refused
                summary: Nothing can be written there.
                inject:
                  - run: { selector: app=redis, container: redis, script: "echo no room >&2; exit 3", undo: ":" }
            """);
        Assert.Equal(new FaultOutcome.Done("wrote"), await injector.InjectAsync("wrote", Stop));
        // Its inverse fails where the script did not run.
        Assert.Equal(new FaultOutcome.Done("wrote"), await injector.RevertAsync(new("wrote"), Stop));
        var failed = Assert.IsType<FaultOutcome.Failed>(await injector.InjectAsync("refused", Stop));
        Assert.Contains("no room", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("3", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(new FaultOutcome.Done("refused"), await injector.RevertAsync(new("refused"), Stop));
    }

    [Fact]
    public async Task A_directory_in_use_is_refused_with_the_owner_and_the_remedy()
    {
        var start = await ClusterHost.StartAsync(live.Options(live.DataDirectory), Stop);
        var reason = Assert.IsType<ClusterStart.Failed>(start).Reason;
        Assert.Contains($"in use by the cluster of process {Environment.ProcessId}", reason, StringComparison.Ordinal);
        Assert.Contains("--data", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_refused_with_the_owner_and_the_remedy()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var start = await ClusterHost.StartAsync(live.Options(Path.Combine(live.DataDirectory, "second"), port), Stop);
        var reason = Assert.IsType<ClusterStart.Failed>(start).Reason;
        Assert.Contains($"Port {port} of 127.0.0.1 is in use by", reason, StringComparison.Ordinal);
        Assert.Contains($"(pid {Environment.ProcessId})", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_identity_that_diagnoses_reads_everything_but_Secrets_and_changes_nothing()
    {
        var directory = ClusterDirectory.Of(live.DataDirectory);
        using var diagnose = AdminConnection.Open(directory.Identity("diagnose"));
        Assert.True((await diagnose.GetAsync("/api/v1/pods", Stop)).IsSuccess);
        Assert.True((await diagnose.GetAsync("/apis/apps/v1/deployments", Stop)).IsSuccess);
        Assert.Equal(HttpStatusCode.Forbidden, (await diagnose.GetAsync("/api/v1/secrets", Stop)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await diagnose.SendAsync(HttpMethod.Delete, "/api/v1/namespaces/default/pods/x", null,
                MediaTypes.Json, Stop)).Status);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await diagnose.SendAsync(HttpMethod.Post, PodPath.Freezer("a", "b", "c", "freeze"), null,
                MediaTypes.Json, Stop)).Status);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(live.Cluster.KubeconfigPath));
    }

    private FaultInjector Injector(string ns, string yaml) => new(
        Assert.IsType<FaultCatalogReading.Done>(new FaultCatalogParser("faults.yaml").Parse(yaml)).Catalog,
        ns, live.DataDirectory, TimeProvider.System, _ => { });

    private static Func<IReadOnlyCollection<JsonObject>, bool> Available(int count) => all =>
        WorkloadState.IsRolledOut(all) && all.Single().Count("status", "availableReplicas") == count;

    private static bool IsCrashLooping(JsonObject pod) => pod.Items("status", "containerStatuses")
        .All(container => container.Text("state", "waiting", "reason") == "CrashLoopBackOff");

    private async Task PatchAsync(string ns, JsonObject patch)
    {
        var answer = await live.Api.SendAsync(
            HttpMethod.Patch, WorkloadPath.Of(ns, "deployment/app"), patch, MediaTypes.StrategicMergePatch, Stop);
        Assert.True(answer.IsSuccess, answer.Message);
    }

    // The endpoint is written first and the proxy closes its listener a moment later: it accepts until then, no longer.
    private static async Task UntilRefusedAsync(IPEndPoint address)
    {
        while (true)
        {
            Stop.ThrowIfCancellationRequested();
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(address, Stop);
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
            {
                return;
            }
            catch (SocketException reset)
            {
                // The listener was closed in the middle of the handshake.
                Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
            }
        }
    }
}
