using Midwatch.Shell.Interpretation;

namespace Midwatch.Shell.Tests.Interpretation;

/// <summary>
/// Whatever a script does, cancelling it ends it with all that it has started, and a refusal within it does too. How
/// soon is measured by <c>bench/shell-cancel</c>.
/// </summary>
public sealed class CancellationTests
{
    // An end that does not come would not come later either. Shorter than any sleep of the scripts: what ended by
    // itself was not ended.
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(80);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Gets the scripts of the bench: one a line.</summary>
    public static TheoryData<string> Endless => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory,
        "shell-cancel.txt")).Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task Cancelling_ends_whatever_runs(string text)
    {
        await using var bench = new Workbench();
        using var cancel = new CancellationTokenSource();
        var run = bench.RunUntilAsync("echo begun\n" + text, cancel.Token);
        await UntilAsync(() => run.IsCompleted || bench.Output.Length > 0);

        // Somewhere in what the script does; wherever it is, it must end.
        await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(run.IsCompleted);
        Cancel(cancel);
        Assert.IsType<ShellOutcome.Cancelled>(await run.WaitAsync(EndMax, TestContext.Current.CancellationToken));
        if (text.Contains(" & wait", StringComparison.Ordinal))
        {
            // What was sent to the background outlives the run, and ends with the session.
            await bench.Session.DisposeAsync();
        }

        await UntilAsync(() => !IsAnyoneAt(bench.Folder.Path));
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

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(EndMax);
        while (!condition())
        {
            await Task.Delay(Pause, TimeProvider.System, late.Token);
        }
    }

    /// <summary>Whether a program works in a folder: those of a script do, also those that left its group.</summary>
    private static bool IsAnyoneAt(string folder) => Directory.EnumerateDirectories("/proc")
        .Where(process => char.IsAsciiDigit(Path.GetFileName(process)[0]))
        .Any(process => PlaceOf(process) == folder);

    private static string? PlaceOf(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
            return null;
        }
    }
}
