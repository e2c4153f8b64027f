using System.Diagnostics;

namespace Midwatch.LocalCluster.Tests.Kubelet;

public sealed class IdleTests
{
    [Fact]
    public async Task Two_hundred_idle_pods_write_nothing()
    {
        var node = new TestNode();
        try
        {
            for (var i = 0; i < 200; i++)
            {
                _ = node.Pod($"idle-{i}", """
                    "command": ["sleep", "600"], "resources": { "limits": { "memory": "64Mi" } }
                    """);
            }

            for (var i = 0; i < 200; i++)
            {
                _ = await node.ReadyAsync($"idle-{i}");
            }

            var (revision, before, clock) = (node.Store.Revision, Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"processor time: {(Environment.CpuUsage.TotalTime - before) / clock.Elapsed:P1} of a core");
            // The node's lease and a probe's event at most: nothing of a pod.
            Assert.InRange(node.Store.Revision - revision, 0, 2);
        }
        finally
        {
            var clock = Stopwatch.StartNew();
            await node.Kubelet.DisposeAsync();
            TestContext.Current.TestOutputHelper?.WriteLine($"stopped after {clock.ElapsedMilliseconds} ms");
            await node.DisposeAsync();
        }
    }
}
