using System.Diagnostics;

namespace Midwatch.Processes.Tests;

/// <summary>
/// Times something again and again, each time beside the start and the end of the smallest program: what that takes
/// longer on a busy machine, the other may take too.
/// </summary>
internal sealed class Latencies(ProgramStarter starter)
{
    private const int Rounds = 9;
    private const double BoundMilliseconds = 100;

    // A quiet machine starts and reaps the smallest program in two milliseconds or three.
    private const double OfSmallest = 30;

    private readonly List<double> _taken = [];
    private readonly List<double> _smallest = [];

    /// <summary>
    /// The median must be below 100 ms, or, where the smallest program takes its time, below thirty times that.
    /// </summary>
    /// <param name="what">For the test's output.</param>
    /// <param name="round">One round; it gives what was timed.</param>
    public static async Task AreWithinAsync(ProgramStarter starter, string what, Func<Task<TimeSpan>> round)
    {
        var latencies = new Latencies(starter);
        for (var i = 0; i < Rounds; i++)
        {
            latencies._taken.Add((await round()).TotalMilliseconds);
            await latencies.StartSmallestAsync();
        }

        var bound = Math.Max(BoundMilliseconds, OfSmallest * Median(latencies._smallest));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{what}: median {Median(latencies._taken):0.0} ms, worst {latencies._taken.Max():0.0} ms of {Rounds}; "
            + $"the smallest program {Median(latencies._smallest):0.0} ms; bound {bound:0} ms");
        Assert.InRange(Median(latencies._taken), 0, bound);
    }

    private static double Median(List<double> of) => of.Order().ElementAt(of.Count / 2);

    private async Task StartSmallestAsync()
    {
        var clock = Stopwatch.StartNew();
        await using var program = starter.Start(null, "true");
        await program.Exited;
        _smallest.Add(clock.Elapsed.TotalMilliseconds);
    }
}
