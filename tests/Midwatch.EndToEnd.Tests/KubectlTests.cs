using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Midwatch.EndToEnd.Tests.Running;

namespace Midwatch.EndToEnd.Tests;

/// <summary>
/// Stock kubectl, as Debian and Google ship it, against <c>midwatch cluster up</c> with pods that really run.
/// </summary>
public sealed class KubectlTests(ClusterUnderTest cluster) : IClassFixture<ClusterUnderTest>
{
    private const StringComparison Exactly = StringComparison.Ordinal;

    public static TheoryData<string> Versions => ["1.20", "1.27", "1.28", "1.29", "1.32", "1.33"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Versions))]
    public async Task What_is_applied_is_there_rolls_out_scales_and_goes(string version)
    {
        var kubectl = await WithShopAsync(version);
        Assert.Contains("unchanged", await kubectl.TakesAsync(KubectlManifests.Shop, "apply", "-f", "-"), Exactly);
        Assert.Contains("successfully rolled out", await kubectl.DoesAsync("rollout", "status", "deploy/web"), Exactly);
        await kubectl.DoesAsync("rollout", "status", "sts/db");
        Assert.Matches(@"db-1\s+1/1\s+Running", await kubectl.DoesAsync(
            "get", "pods", "-l", "app in (db)", "--sort-by=.metadata.name"));
        Assert.Contains("I am db-0", await kubectl.DoesAsync("logs", "db-0"), Exactly);
        Assert.Equal("last\n", await kubectl.DoesAsync("logs", "deploy/web", "--tail=1"));

        await kubectl.DoesAsync("set", "image", "deploy/web", "web=busybox:1.36");
        await kubectl.DoesAsync("rollout", "status", "deploy/web");
        Assert.Contains("rolled back", await kubectl.DoesAsync("rollout", "undo", "deploy/web"), Exactly);
        await kubectl.DoesAsync("rollout", "status", "deploy/web");
        Assert.Equal("busybox", await kubectl.DoesAsync(
            "get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}"));

        await kubectl.DoesAsync("delete", "pod", "-l", "app=web", "--grace-period=1");
        await kubectl.DoesAsync("scale", "deploy/web", "--replicas=0");
        var secret = await kubectl.DoesAsync(
            "create", "secret", "generic", "key", "--from-literal=token=xyz", "--dry-run=client", "-o", "yaml");
        Assert.Contains("configured", await kubectl.TakesAsync(secret, "apply", "-f", "-"), Exactly);
        await kubectl.DoesAsync("delete", "namespace", kubectl.Namespace);
        Assert.DoesNotContain(kubectl.Namespace, await kubectl.DoesAsync("get", "pods", "-A"), Exactly);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task What_runs_inside_a_pod_answers_and_what_is_not_there_is_refused_at_once(string version)
    {
        var kubectl = await WithShopAsync(version);
        await kubectl.DoesAsync("rollout", "status", "sts/db");
        var manifest = Beside(kubectl.Namespace + ".yaml");
        await File.WriteAllTextAsync(manifest, KubectlManifests.Cache, Stop);
        await kubectl.DoesAsync("exec", "db-0", "--", "true");
        await kubectl.IsRefusedAsync("exit code 3", "exec", "db-0", "--", "sh", "-c", "exit 3");
        await kubectl.DoesAsync("cp", "db-0:/etc/hostname", Beside("copied"));
        Assert.True(File.Exists(Beside("copied")));
        await kubectl.DoesAsync("apply", "--server-side", "-f", manifest);
        await kubectl.IsRefusedAsync("doesn't have a resource type", "get", "gateways");
        await kubectl.IsRefusedAsync("NotFound", "get", "pod", "nobody");
        await kubectl.DoesAsync("delete", "namespace", kubectl.Namespace);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_port_is_forwarded_to_a_service(string version)
    {
        Repository.Needs("redis-server");
        var kubectl = await NewAsync(version);
        await kubectl.TakesAsync(KubectlManifests.Cache, "apply", "-f", "-");
        await kubectl.DoesAsync("wait", "--for=condition=available", "deploy/cache", "--timeout=30s");
        using var forward = kubectl.Start("port-forward", "svc/cache", ":80");
        try
        {
            // Forwarding from 127.0.0.1:40123 -> 6379
            var line = await forward.StandardOutput.ReadLineAsync(Stop)
                ?? await forward.StandardError.ReadToEndAsync(Stop);
            Assert.StartsWith("Forwarding from 127.0.0.1:", line, Exactly);
            var port = int.Parse(line.Split(':')[1].Split(' ')[0], CultureInfo.InvariantCulture);
            for (var time = 0; time < 2; time++)
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port, Stop);
                await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), Stop);
                var answer = new byte[7];
                await client.GetStream().ReadExactlyAsync(answer, Stop);
                Assert.Equal("+PONG\r\n", Encoding.ASCII.GetString(answer));
            }
        }
        finally
        {
            forward.Kill();
            await forward.WaitForExitAsync(Stop);
        }

        await kubectl.DoesAsync("delete", "namespace", kubectl.Namespace);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Every_form_of_looking_and_changing(string version)
    {
        Assert.SkipUnless(Repository.Long, "A long test: ./test --long runs it.");
        var kubectl = await WithShopAsync(version);
        await kubectl.DoesAsync("rollout", "status", "deploy/web");
        await kubectl.DoesAsync("rollout", "status", "sts/db");
        await new KubectlWalk(kubectl).LookAsync();
        await new KubectlWalk(kubectl).ChangeAsync();
        await kubectl.DoesAsync("delete", "namespace", kubectl.Namespace);
    }

    private string Beside(string name) => Path.Combine(Path.GetDirectoryName(cluster.Kubeconfig) ?? "/", name);

    private async Task<StockKubectl> NewAsync(string version)
    {
        var kubectl = await StockKubectl.OfAsync(version, cluster.Kubeconfig);
        await kubectl.DoesAsync("create", "namespace", kubectl.Namespace);
        return kubectl;
    }

    private async Task<StockKubectl> WithShopAsync(string version)
    {
        var kubectl = await NewAsync(version);
        await kubectl.TakesAsync(KubectlManifests.Shop, "apply", "-f", "-");
        return kubectl;
    }
}
