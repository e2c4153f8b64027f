using Midwatch.EndToEnd.Tests.Running;

namespace Midwatch.EndToEnd.Tests;

/// <summary><c>midwatch shell run</c> with the built binary.</summary>
public sealed class ShellRunTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-shell-run-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("INT", "tail -f FILE")]
    [InlineData("INT", "tail -f FILE | cat")]
    [InlineData("INT", "tail -f FILE & sleep 1000")]
    [InlineData("INT", "x=$(tail -f FILE)")]
    [InlineData("TERM", "tail -f FILE")]
    public async Task Ctrl_C_ends_everything_with_130(string signal, string command)
    {
        var watched = Path.Combine(_folder, $"{Guid.CreateVersion7():N}");
        await File.WriteAllTextAsync(watched, "started\n", TestContext.Current.CancellationToken);
        var script = Path.Combine(_folder, "script.sh");
        await File.WriteAllTextAsync(
            script,
            $"echo ready\n{command.Replace("FILE", watched, StringComparison.Ordinal)}\necho never\n",
            TestContext.Current.CancellationToken);
        await using var run = MidwatchRun.Start(["shell", "run", script]);
        await run.SeesAsync("ready", Limit);
        while (!IsMentioned(watched))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        run.Signal(signal);
        Assert.Equal(130, await run.ExitsAsync(Limit));
        Assert.DoesNotContain("never", run.Output, StringComparison.Ordinal);
        Assert.False(IsMentioned(watched), "A program of the script is still there.");
    }

    private static bool IsMentioned(string text) => Directory.EnumerateDirectories("/proc")
        .Where(folder => char.IsAsciiDigit(folder["/proc/".Length]))
        .Any(folder => Arguments(folder).Contains(text, StringComparison.Ordinal));

    private static string Arguments(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
