using System.Collections.Immutable;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes.Tests;

/// <summary>Short ways to start real programs.</summary>
internal static class Programs
{
    public static ImmutableDictionary<string, string> Environment { get; } =
        ImmutableDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin");

    public static ProgramSpec Spec(params string[] argv) => new()
    {
        Argv = [.. argv],
        Environment = Environment,
        WorkingDirectory = "/",
    };

    public static RunningProgram MustStart(this ProgramStarter starter, ProgramSpec spec) =>
        Assert.IsType<StartResult.Started>(starter.Start(spec)).Program;

    public static RunningProgram Start(this ProgramStarter starter, SafeFileHandle? output, params string[] argv) =>
        starter.MustStart(Spec(argv) with { StandardOutput = output });

    /// <summary>Runs to the end; the output and the status.</summary>
    public static async Task<(string Output, ExitStatus Status)> RunAsync(this ProgramStarter starter, ProgramSpec spec)
    {
        using var pipe = OsPipe.Create();
        await using var program = starter.MustStart(spec with { StandardOutput = pipe.Write });
        pipe.Write.Dispose();
        var capture = BoundedCapture.Start(starter, pipe.Read);
        var status = await program.Exited;
        await capture.Completion;
        return (Encoding.UTF8.GetString(capture.Kept()), status);
    }

    /// <summary>The first line that comes out; tests use it as "the program is so far".</summary>
    public static async Task<string> FirstLineAsync(SafeFileHandle pipe)
    {
        using var reader = new StreamReader(new FileStream(pipe, FileAccess.Read));
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
    }

    /// <summary>
    /// Looks every few milliseconds, for what the system has no event for; fails after so many looks.
    /// </summary>
    public static async Task UntilAsync(Func<bool> holds, int looks = 500)
    {
        for (var look = 0; !holds(); look++)
        {
            Assert.True(look < looks, $"It did not come true within {looks} looks.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static bool IsAlive(int pid) => ProcessTable.All().Any(entry => entry.Pid == pid && !entry.Dead);

    public static int CountOf(string mark) =>
        ProcessTable.All().Count(entry => !entry.Dead && ProcessTable.Carries(entry.Pid, mark));
}
