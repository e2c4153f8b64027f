using Midwatch.Cli.Clusters;
using Midwatch.Testing;

namespace Midwatch.Cli.Tests.Clusters;

/// <summary>When a cluster gives memory back.</summary>
public sealed class IdleMemoryTests
{
    [Theory]
    // Bytes taken in each period, in MiB; how often memory is given back.
    [InlineData("100 0", 1)]
    [InlineData("100 0 0 0", 1)]
    [InlineData("100 100 100", 0)]
    [InlineData("100 0 100 0", 2)]
    [InlineData("100 0 1 1 1", 1)]
    [InlineData("7 7 7 7 7 7", 1)]
    [InlineData("100 0 1 1 1 1 1", 2)]
    [InlineData("1 0 1", 0)]
    public async Task Memory_is_given_back_once_the_cluster_rests(string taken, int times)
    {
        var time = new ManualTimeProvider();
        var (allocated, given, looks) = (0L, 0, 0);
        using var looked = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        var idle = new IdleMemory(
            time,
            () =>
            {
                looks++;
                looked.Release();
                return allocated;
            },
            () => given++);
        var run = idle.RunAsync(stop.Token);
        await looked.WaitAsync(TestContext.Current.CancellationToken);
        foreach (var amount in taken.Split(' '))
        {
            allocated += long.Parse(amount, System.Globalization.CultureInfo.InvariantCulture) << 20;
            time.Advance(IdleMemory.Period);
            await looked.WaitAsync(TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        await run;
        Assert.Equal(times, given);
        Assert.Equal(taken.Split(' ').Length + 1, looks);
    }
}
