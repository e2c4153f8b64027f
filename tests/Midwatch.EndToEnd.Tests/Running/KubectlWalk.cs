namespace Midwatch.EndToEnd.Tests.Running;

/// <summary>The long way through kubectl: every form of looking at the shop, and every way to change it.</summary>
internal sealed class KubectlWalk(StockKubectl kubectl)
{
    private const StringComparison Exactly = StringComparison.Ordinal;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal async Task LookAsync()
    {
        string[] kinds = ["deploy", "rs", "sts", "svc", "ep", "cm", "secret", "events", "pods"];
        foreach (var kind in kinds)
        {
            var table = await kubectl.DoesAsync("get", kind, "-o", "wide");
            Assert.Contains(kind == "events" ? "LAST SEEN" : "NAME", table, Exactly);
            Assert.Contains("apiVersion", await kubectl.DoesAsync("get", kind, "-o", "yaml"), Exactly);
            Assert.Contains("\"kind\"", await kubectl.DoesAsync("get", kind, "-o", "json"), Exactly);
            Assert.Contains("Name:", await kubectl.DoesAsync("describe", kind), Exactly);
        }

        Assert.Contains("Allocated resources", await kubectl.DoesAsync("describe", "nodes"), Exactly);
        Assert.Contains("Active", await kubectl.DoesAsync("describe", "ns", kubectl.Namespace), Exactly);
        Assert.Equal("pod/db-0\n", await kubectl.DoesAsync(
            "get", "pods", "--field-selector", "metadata.name=db-0", "-o", "name"));
        Assert.Contains("REASON", await kubectl.DoesAsync("get", "events", "--sort-by=.lastTimestamp"), Exactly);
        await kubectl.DoesAsync("wait", "--for=condition=Ready", "pod", "-l", "app=db", "--timeout=20s");
        await UntilAsync(
            async () => (await kubectl.RunAsync("logs", "crash", "--previous", "--tail=1")).Output == "two\n",
            "logs --previous");
        await UntilAsync(
            async () => (await kubectl.RunAsync("top", "nodes")).Output.Contains("Mi", Exactly), "top nodes");
        await FollowsAsync("I am db-0", "logs", "-f", "db-0");
        await FollowsAsync("db-1", "get", "pods", "-w");
    }

    internal async Task ChangeAsync()
    {
        await kubectl.DoesAsync("patch", "deploy", "web", "-p",
            """{"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"A","value":"1"}]}]}}}}""");
        Assert.Contains("TOKEN", await kubectl.DoesAsync("get", "deploy", "web", "-o", "json"), Exactly);
        await kubectl.DoesAsync("patch", "deploy", "web", "--type=merge", "-p",
            """{"metadata":{"labels":{"tier":"front"}}}""");
        await kubectl.DoesAsync("patch", "deploy", "web", "--type=json", "-p",
            """[{"op":"replace","path":"/spec/replicas","value":2}]""");
        Assert.Equal("2", await kubectl.DoesAsync(
            "get", "deploy", "-l", "tier=front", "-o", "jsonpath={.items[0].spec.replicas}"));
        await kubectl.DoesAsync("rollout", "status", "deploy/web");
        await kubectl.DoesAsync("rollout", "restart", "deploy/web");
        await kubectl.DoesAsync("rollout", "status", "deploy/web");
        Assert.Contains("REVISION", await kubectl.DoesAsync("rollout", "history", "deploy/web"), Exactly);
        await kubectl.DoesAsync("rollout", "undo", "deploy/web", "--to-revision=1");
        await kubectl.DoesAsync("rollout", "restart", "sts/db");
        await kubectl.DoesAsync("rollout", "status", "sts/db");
        await kubectl.DoesAsync("scale", "sts", "db", "--replicas=1");
        await kubectl.DoesAsync("label", "pod", "db-0", "seen=yes");
        await kubectl.DoesAsync("annotate", "pod", "db-0", "note=hi");
        await kubectl.DoesAsync("delete", "svc,cm", "--all");
        await kubectl.DoesAsync("create", "deployment", "own", "--image=busybox", "--", "sleep", "3600");
        await kubectl.DoesAsync("rollout", "status", "deploy/own");
    }

    // What follows does not end by itself: its first line that says it is enough.
    private async Task FollowsAsync(string words, params string[] arguments)
    {
        using var following = kubectl.Start(arguments);
        try
        {
            while (await following.StandardOutput.ReadLineAsync(Stop) is { } line)
            {
                if (line.Contains(words, Exactly))
                {
                    return;
                }
            }

            Assert.Fail($"kubectl {string.Join(' ', arguments)} ended without '{words}'.");
        }
        finally
        {
            following.Kill();
            await following.WaitForExitAsync(Stop);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        for (var looks = 0; looks < 80; looks++)
        {
            if (await holds())
            {
                return;
            }

            await timer.WaitForNextTickAsync(Stop);
        }

        Assert.Fail($"{what}: not within 40 s.");
    }
}
