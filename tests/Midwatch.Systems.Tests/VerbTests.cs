using System.Text.Json.Nodes;
using Midwatch.Systems.Tests.Running;

namespace Midwatch.Systems.Tests;

/// <summary><c>midwatch systems list|up|down</c>, with and without a cluster.</summary>
public sealed class VerbTests
{
    private const StringComparison Exactly = StringComparison.Ordinal;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_unknown_system_is_wrong_use_and_the_known_ones_are_named()
    {
        await using var up = MidwatchRun.Start(["systems", "up", "no-such-system"]);
        Assert.Equal(2, await up.ExitsAsync(Limit));
        Assert.Contains("no system 'no-such-system'", up.Output, Exactly);
        Assert.Contains("sentineltranslate", up.Output, Exactly);
        await using var down = MidwatchRun.Start(["systems", "down", "no-such-system"]);
        Assert.Equal(2, await down.ExitsAsync(Limit));
    }

    [Fact]
    public async Task A_value_without_a_name_is_wrong_use()
    {
        await using var up = MidwatchRun.Start(["systems", "up", "sentineltranslate", "--set", "=1"]);
        Assert.Equal(2, await up.ExitsAsync(Limit));
        Assert.Contains("NAME=VALUE", up.Output, Exactly);
    }

    [Fact]
    public async Task Without_a_cluster_every_system_is_down_and_there_is_nothing_to_take_down()
    {
        await using var list = MidwatchRun.Start(["systems", "list", "--format", "json"]);
        Assert.Equal(0, await list.ExitsAsync(Limit));
        var json = JsonNode.Parse(list.Output[..(list.Output.LastIndexOf('}') + 1)])!;
        Assert.Null(json["cluster"]);
        Assert.All(json["systems"]!.AsArray(), system => Assert.Equal("down", (string?)system!["state"]));
        await using var down = MidwatchRun.Start(["systems", "down"]);
        Assert.Equal(0, await down.ExitsAsync(Limit));
    }

    [Fact]
    public async Task A_system_comes_up_is_listed_as_not_ready_when_a_part_is_gone_and_goes_down_without_a_rest()
    {
        Repository.Needs("redis-server", "prometheus", "kubectl");
        await using var system = await SystemUnderTest.UpAsync("sentineltranslate");
        var (_, ready) = await system.MidwatchAsync("systems", "list");
        Assert.Contains("ready", Row(ready), Exactly);
        Assert.Contains("11/11", Row(ready), Exactly);

        await using var delete = Kubectl.Start(
            system, "delete", "deployment", "sentineltranslate-worker", "-n", "sentineltranslate");
        Assert.Equal(0, (await delete.EndAsync()).Code);
        var (_, broken) = await system.MidwatchAsync("systems", "list");
        Assert.Contains("not-ready", Row(broken), Exactly);
        Assert.Contains("deployment/sentineltranslate-worker: is not there", broken, Exactly);

        Assert.Equal(0, (await system.MidwatchAsync("systems", "down")).Status);
        await using var left = Kubectl.Start(system, "get", "namespaces", "-o", "name");
        Assert.DoesNotContain("sentineltranslate", (await left.EndAsync()).Output, Exactly);
    }

    private static string Row(string table) =>
        table.Split('\n').Single(line => line.StartsWith("sentineltranslate", Exactly));
}
