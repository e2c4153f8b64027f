using System.Text.RegularExpressions;

namespace Midwatch.Systems.Tests.Running;

/// <summary>What a test asks of a running system, from within its cluster.</summary>
internal static partial class SystemCalls
{
    /// <summary>Runs kubectl, which must work.</summary>
    internal static async Task<string> KubectlAsync(this SystemUnderTest system, params string[] arguments)
    {
        await using var kubectl = Kubectl.Start(system, arguments);
        var (code, output) = await kubectl.EndAsync();
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)} ended with {code}: {output}");
        return output;
    }

    /// <summary>Runs a command in a pod of a deployment; it must work.</summary>
    internal static Task<string> ExecAsync(
        this SystemUnderTest system, string ns, string from, params string[] command) =>
        system.KubectlAsync(["exec", "-q", $"deploy/{from}", "-n", ns, "--", .. command]);

    /// <summary>Gets an address, or posts a body to it, whatever status comes back.</summary>
    internal static Task<string> CurlAsync(
        this SystemUnderTest system, string ns, string from, string address, string? body = null) =>
        system.ExecAsync(ns, from, ["curl", "-s", .. body is null ? (string[])[] : ["-d", body], address]);

    /// <summary>Makes a service reachable from the test.</summary>
    internal static Task<Forward> ForwardAsync(this SystemUnderTest system, string ns, string target, int port) =>
        Forward.StartAsync(system, ns, target, port);

    /// <summary>Waits until Prometheus could scrape so many targets.</summary>
    internal static async Task SeesAllTargetsAsync(
        this SystemUnderTest system, string ns, string from, string prometheus, int targets) =>
        await UntilAsync($"{targets} targets are up", async () => Up().Count(await system.CurlAsync(
            ns, from, $"{prometheus}/api/v1/targets")) == targets);

    /// <summary>Waits for a minute at most.</summary>
    internal static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        for (var looks = 0; looks < 120; looks++)
        {
            if (await holds())
            {
                return;
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Fail($"Not within a minute: {what}.");
    }

    [GeneratedRegex("\"health\":\"up\"")]
    private static partial Regex Up();
}
