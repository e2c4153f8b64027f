using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Faults;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Tests.Hosting;

/// <summary>Faults of nodes, on a cluster of their own: others would feel them.</summary>
public sealed class NodeFaultTests(LiveCluster live)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silent_node_is_not_ready_and_a_cordoned_one_takes_no_pods_until_it_is_over()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MIDWATCH_LONG") is "1",
            "A node is missed after fifty seconds: MIDWATCH_LONG=1 (./test --long).");
        var data = Path.Combine(live.DataDirectory, "nodes");
        var start = await ClusterHost.StartAsync(live.Options(data), Stop);
        await using var cluster = Assert.IsType<ClusterStart.Started>(start).Cluster;
        using var api = AdminConnection.Open(cluster.KubeconfigPath);
        using var injector = new FaultInjector(
            new FaultCatalog("", []), "default", data, TimeProvider.System, _ => { });
        Assert.Equal(new FaultOutcome.Done("node-not-ready"), await InjectAsync("node-not-ready", "node-1"));
        await UntilAsync(async () => Conditions.Find((await NodeAsync()).At("status"), "Ready").Text("status")
            == "Unknown");
        Assert.Equal(new FaultOutcome.Done("node-not-ready"), await injector.RevertAsync(new("node-not-ready"), Stop));
        await UntilAsync(async () => Conditions.Find((await NodeAsync()).At("status"), "Ready").Text("status")
            == "True" && !(await NodeAsync()).Items("spec", "taints").Any());
        using (var applier = new ManifestApplier(cluster.KubeconfigPath))
        {
            var file = Path.Combine(live.DataDirectory, "web.yaml");
            await File.WriteAllTextAsync(file, LiveManifests.Web, Stop);
            _ = await applier.ApplyAsync(file, new Dictionary<string, string> { ["NS"] = "default" }, Stop);
        }

        await UntilAsync(async () => (await PodsAsync()).Count(WorkloadState.IsReady) == 1);
        Assert.Equal(new FaultOutcome.Done("node-cordoned"), await InjectAsync("node-cordoned", "deployment/web"));
        await UntilAsync(async () => (await PodsAsync()).Any(pod =>
            Conditions.Find(pod.At("status"), "PodScheduled").Text("message")
                ?.Contains("0/1 nodes are available: 1 node(s) were unschedulable", StringComparison.Ordinal) == true));
        Assert.Equal(new FaultOutcome.Done("node-cordoned"), await injector.RevertAsync(new("node-cordoned"), Stop));
        await UntilAsync(async () => (await PodsAsync()).Count(WorkloadState.IsReady) == 1);

        Task<FaultOutcome> InjectAsync(string id, string target) =>
            injector.InjectStandardAsync(id, target, TimeSpan.FromMinutes(5), Stop);

        async Task<System.Text.Json.Nodes.JsonObject> NodeAsync() =>
            (await api.GetAsync("/api/v1/nodes/node-1", Stop)).Body!;

        async Task<IEnumerable<System.Text.Json.Nodes.JsonObject>> PodsAsync() =>
            (await api.GetAsync("/api/v1/namespaces/default/pods", Stop)).Items;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var look = 0; look < 900; look++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Stop);
        }

        Assert.Fail("It did not come to be so within three minutes.");
    }
}
