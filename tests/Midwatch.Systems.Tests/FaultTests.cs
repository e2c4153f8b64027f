using System.Text.Json.Nodes;
using Midwatch.Systems.Tests.Running;

namespace Midwatch.Systems.Tests;

/// <summary>Every fault of every system goes in, comes back out, and leaves the system as it was.</summary>
public sealed class FaultTests
{
    private const StringComparison Exactly = StringComparison.Ordinal;

    public static TheoryData<string> Systems() => [.. ReferenceSystems.Names];

    [Theory, MemberData(nameof(Systems))]
    public async Task Each_fault_can_be_injected_and_taken_back(string name)
    {
        Assert.SkipUnless(Repository.Long, "MIDWATCH_LONG is not 1.");
        Repository.Needs("kubectl", "prometheus", "redis-server", "psql", "nc");
        await using var system = await SystemUnderTest.UpAsync(name);
        foreach (var id in ReferenceSystems.Faults(name).Select(fault => fault["id"].ToString()))
        {
            await DoesAsync(system, "cluster", "fault", "inject", id, "--system", name);
            await DoesAsync(system, "cluster", "fault", "revert", id, "--system", name);
            await ReadyAsync(system, name, id);
        }
    }

    private static async Task DoesAsync(SystemUnderTest system, params string[] arguments)
    {
        var (status, output) = await system.MidwatchAsync(arguments);
        Assert.True(status == 0, $"{string.Join(' ', arguments)} ended with {status}:\n{output}");
    }

    private static async Task ReadyAsync(SystemUnderTest system, string name, string fault)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), TimeProvider.System);
        var output = "";
        for (var looks = 0; looks < 60; looks++)
        {
            (_, output) = await system.MidwatchAsync("systems", "list", "--format", "json");
            var json = JsonNode.Parse(output[..(output.LastIndexOf('}') + 1)])!;
            if (json["systems"]!.AsArray().Single(one => (string?)one!["name"] == name)!["state"]!
                .ToString().Equals("ready", Exactly))
            {
                return;
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Fail($"After {fault} the system is not ready within two minutes: {output}");
    }
}
