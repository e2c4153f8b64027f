using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Midwatch.LocalCluster.Faults;

namespace Midwatch.LocalCluster.Tests.Hosting;

/// <summary>Stock kubectl against the whole cluster, with pods that really run.</summary>
public sealed class StockKubectlTests(LiveCluster live)
{
    public static TheoryData<string, string> Binaries => new()
    {
        { "k120", "/opt/kubectl120/usr/bin/kubectl" },
        { "k133", "/usr/lib/google-cloud-sdk/bin/kubectl.1.33" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Binaries))]
    public async Task It_rolls_out_undoes_scales_and_deletes(string ns, string program)
    {
        await live.ApplyAsync(LiveManifests.App, ns);
        Assert.Contains("successfully rolled out", await RunAsync(program, ns, "rollout", "status", "deploy/app"),
            StringComparison.Ordinal);
        await RunAsync(program, ns, "set", "image", "deploy/app", "app=test/app:better");
        Assert.Contains("successfully rolled out", await RunAsync(program, ns, "rollout", "status", "deploy/app"),
            StringComparison.Ordinal);
        Assert.Equal("test/app:better",
            await RunAsync(program, ns, "get", "deploy", "app", "-o",
                "jsonpath={.spec.template.spec.containers[0].image}"));
        Assert.Contains("rolled back", await RunAsync(program, ns, "rollout", "undo", "deploy/app"),
            StringComparison.Ordinal);
        Assert.Equal("test/app:good",
            await RunAsync(program, ns, "get", "deploy", "app", "-o",
                "jsonpath={.spec.template.spec.containers[0].image}"));
        await RunAsync(program, ns, "scale", "deploy/app", "--replicas=1");
        await live.UntilAsync(PodPath.Collection(ns, "app=app"), pods => pods.Count == 1);

        // What a Deployment owns goes with it, down to the processes.
        await RunAsync(program, ns, "delete", "deploy", "app");
        await live.UntilAsync(PodPath.Collection(ns, "app=app"), pods => pods.Count == 0);
        Assert.DoesNotContain("app-", await RunAsync(program, ns, "get", "rs"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Binaries))]
    public async Task It_deletes_the_pods_of_a_stateful_set_and_does_not_wait_for_those_that_replace_them(
        string ns, string program)
    {
        await live.ApplyAsync("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: ${NS}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: shelf, namespace: ${NS}}
            spec:
              replicas: 3
              podManagementPolicy: Parallel
              selector: {matchLabels: {app: shelf}}
              template:
                metadata: {labels: {app: shelf}}
                spec: {terminationGracePeriodSeconds: 0, containers: [{name: a, image: "test/app:good"}]}
            """, ns + "-shelf");
        var path = PodPath.Collection(ns + "-shelf", "app=shelf");
        await live.UntilAsync(path, pods => pods.Count == 3 && pods.All(WorkloadState.IsReady));
        await RunAsync(program, ns + "-shelf", "delete", "pod", "-l", "app=shelf", "--timeout=30s");
        await live.UntilAsync(path, pods => pods.Count == 3 && pods.All(WorkloadState.IsReady));
    }

    [Theory, MemberData(nameof(Binaries))]
    public async Task It_forwards_a_port_to_a_pod(string ns, string program)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "redis-server is not installed");
        await live.ApplyAsync(LiveManifests.Redis, ns + "-redis");
        await live.UntilAsync(
            PodPath.Collection(ns + "-redis", "app=redis"),
            pods => pods.Count == 1 && !WorkloadState.NoneIsReady(pods));
        using var forward = Start(program, ns + "-redis", "port-forward", "svc/redis", ":6379");
        try
        {
            // Forwarding from 127.0.0.1:40123 -> 6379
            var line = await forward.StandardOutput.ReadLineAsync(Stop) ?? "";
            var port = int.Parse(line.Split(':')[1].Split(' ')[0], CultureInfo.InvariantCulture);
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, Stop);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), Stop);
            var answer = new byte[7];
            await client.GetStream().ReadExactlyAsync(answer, Stop);
            Assert.Equal("+PONG\r\n", Encoding.ASCII.GetString(answer));
        }
        finally
        {
            forward.Kill();
            await forward.WaitForExitAsync(Stop);
        }
    }

    private async Task<string> RunAsync(string program, string ns, params string[] arguments)
    {
        using var kubectl = Start(program, ns, arguments);
        var output = kubectl.StandardOutput.ReadToEndAsync(Stop);
        var error = kubectl.StandardError.ReadToEndAsync(Stop);
        await kubectl.WaitForExitAsync(Stop);
        Assert.True(kubectl.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {await output}{await error}");
        return await output;
    }

    private Process Start(string program, string ns, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(program), $"{program} is not installed");
        var start = new ProcessStartInfo(program, ["-n", ns, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = live.Cluster.KubeconfigPath;
        start.Environment["HOME"] = live.DataDirectory;
        return Process.Start(start)!;
    }
}
