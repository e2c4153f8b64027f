using System.Diagnostics;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Shell.Tests.Interpretation;

/// <summary>Whatever a script does, cancelling it ends it within 100 ms, and a refusal within it does too.</summary>
public sealed class CancellationTests
{
    private const int Rounds = 5;
    private const double BoundMilliseconds = 100;

    // On a quiet machine the smallest program takes three milliseconds.
    private const double OfSmallest = 30;

    [Theory]
    [InlineData("env sleep 100")]
    [InlineData("sleep 100")]
    [InlineData("sleep infinity")]
    [InlineData("yes > /dev/null")]
    [InlineData("while true; do :; done")]
    [InlineData("for ((;;)); do ((i++)); done")]
    [InlineData("while true; do env true; done")]
    [InlineData("f() { sleep 0.01; f; }; f")]
    [InlineData("env sleep 100 | cat")]
    [InlineData("yes | cat | cat > /dev/null")]
    [InlineData("yes | while read -r l; do :; done")]
    [InlineData("while true; do echo y; done | cat > /dev/null")]
    [InlineData("x=$(env sleep 100)")]
    [InlineData("cat <(env sleep 100)")]
    [InlineData("env sh -c 'trap \"\" TERM INT HUP; while :; do sleep 100; done'")]
    [InlineData("env sh -c 'setsid sleep 100 & sleep 100'")]
    [InlineData("mkfifo p; cat < p")]
    [InlineData("mkfifo p; read -r l < p")]
    [InlineData("mkfifo p; echo a > p")]
    [InlineData("mkfifo p; exec 3<> p; read -r l <&3")]
    [InlineData("mkfifo p; mapfile -t m < p")]
    [InlineData("mkfifo p; x=$(< p)")]
    [InlineData("env sleep 100 & wait")]
    [InlineData("trap 'echo bye' EXIT; sleep 100")]
    [InlineData("echo {1..90000} | (read -r a; sleep 100)")]
    public async Task Cancelling_ends_whatever_runs_within_100_ms(string text)
    {
        var taken = new List<double>();
        var smallest = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var bench = new Workbench();
            var clock = Stopwatch.StartNew();
            await bench.RunAsync("env true");
            smallest.Add(clock.Elapsed.TotalMilliseconds);
            using var cancel = new CancellationTokenSource();
            var run = bench.RunUntilAsync(text, cancel.Token);
            await Task.Delay(
                TimeSpan.FromMilliseconds(80), TimeProvider.System, TestContext.Current.CancellationToken);
            clock.Restart();
            Cancel(cancel);
            Assert.IsType<ShellOutcome.Cancelled>(await run);
            taken.Add(clock.Elapsed.TotalMilliseconds);
        }

        var bound = Math.Max(BoundMilliseconds, OfSmallest * Median(smallest));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"median {Median(taken):0.0} ms, worst {taken.Max():0.0} ms; the smallest program {Median(smallest):0.0} ms");
        Assert.InRange(Median(taken), 0, bound);
    }

    [Theory]
    [InlineData("sleep 100 | { v=$(echo rm); $v x; }")]
    [InlineData("env sleep 100 | { v=$(echo rm); $v x; }")]
    [InlineData("mkfifo p; cat < p | { v=$(echo rm); $v x; }")]
    [InlineData("mkfifo p; read -r l < p | { v=$(echo rm); $v x; }")]
    [InlineData("while :; do :; done | { v=$(echo rm); $v x; }")]
    [InlineData("sleep 100 & v=$(echo rm); $v x; wait")]
    [InlineData("{ sleep 0.1; v=$(echo rm); $v x; } & sleep 100")]
    public async Task A_refusal_ends_what_runs_beside_it(string text)
    {
        await using var bench = new Workbench("rm");
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var stopped = Assert.IsType<ShellOutcome.Stopped>(await bench.RunUntilAsync(text, late.Token));
        Assert.Equal("SH2004", stopped.Reason.Code);
    }

    // On this thread: the pool may have none left for a script that keeps the processors busy.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private static double Median(List<double> of) => of.Order().ElementAt(of.Count / 2);
}
