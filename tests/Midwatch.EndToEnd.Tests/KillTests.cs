using Midwatch.EndToEnd.Tests.Running;

namespace Midwatch.EndToEnd.Tests;

/// <summary>However the demo ends, it takes everything along that it started.</summary>
public sealed class KillTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static TheoryData<string, string> Moments() => new()
    {
        { "KILL", "Cluster" },
        { "INT", "Cluster" },
        { "KILL", "Fault" },
        { "INT", "Fault" },
        { "KILL", "Diagnosis" },
        { "TERM", "Plan" },
        { "KILL", "Verification" },
    };

    [Theory, MemberData(nameof(Moments))]
    public async Task Nothing_is_left_two_seconds_after(string signal, string moment)
    {
        Assert.SkipUnless(Repository.Long || moment is "Fault", "A long test: ./test --long runs it.");
        Repository.Needs("redis-server", "prometheus", "curl");
        await using var run = MidwatchRun.Start(["demo", "--yes"]);
        await run.SeesAsync(moment, Limit);
        Assert.NotEmpty(LeftBehind.By(run.DataDirectory));
        run.Signal(signal);
        await run.ExitsAsync(TimeSpan.FromSeconds(4));
        Assert.Empty(await LeftBehind.AfterAsync(run.DataDirectory, TimeSpan.FromSeconds(2)));
    }
}
