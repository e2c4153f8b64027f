using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes.Tests;

[Collection("one at a time: clocks, and ten thousand programs")]
public sealed class LimitTests : IAsyncLifetime
{
    private readonly ProgramStarter _starter = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _starter.DisposeAsync();

    [Fact]
    public async Task A_file_grows_no_further_than_it_may()
    {
        var path = Path.GetTempFileName();
        try
        {
            await using var program = _starter.MustStart(
                Programs.Spec("sh", "-c", $"sleep 0.2; exec cat /dev/zero > {path}") with { FileBytesMax = 100_000 });
            Assert.Equal(Signal.Xfsz, (await program.Exited).Signal);
            Assert.Equal(100_000, new FileInfo(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task What_becomes_too_many_processes_is_ended_with_all_of_them()
    {
        const string Bomb = "for i in 1 2 3 4 5 6 7 8 9 10; do setsid sleep 600 & sleep 600 & done; wait";
        var program = _starter.MustStart(Programs.Spec("sh", "-c", Bomb) with { ProcessesMax = 8 });
        Assert.Equal(Signal.Kill, (await program.Exited).Signal);
        Assert.True(program.HadTooManyProcesses);
        await program.DisposeAsync();
        Assert.Equal(0, Programs.CountOf(program.Mark));
    }

    [Fact]
    public async Task A_program_below_its_number_is_left_alone()
    {
        await using var program = _starter.MustStart(
            Programs.Spec("sh", "-c", "sleep 1 & sleep 1 & wait; exit 5") with { ProcessesMax = 8 });
        Assert.Equal(5, (await program.Exited).Code);
        Assert.False(program.HadTooManyProcesses);
    }

    [Fact]
    public async Task Other_descriptors_are_seen_by_their_numbers_and_nothing_else_is()
    {
        using var pipe = OsPipe.Create();
        using var passwd = File.OpenHandle("/etc/passwd");
        var others = ImmutableSortedDictionary<int, SafeFileHandle>.Empty.Add(5, pipe.Write).Add(63, passwd);
        var (output, _) = await _starter.RunAsync(
            Programs.Spec("sh", "-c", "echo to five >&5; ls /proc/self/fd") with { OtherDescriptors = others });
        Assert.Equal("to five", await FirstLineAsync(pipe));
        // The one more is the directory that ls reads.
        Assert.Equal(["0", "1", "2", "3", "5", "63"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .OrderBy(number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Ten_thousand_steps_leave_no_zombie()
    {
        const int Steps = 10_000;
        const int AtOnce = 16;
        var canary = $"canary-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}";
        var leaving = Programs.Spec("sh", "-c", "sleep 600 & setsid sleep 600 & exit 0") with
        {
            Environment = Programs.Environment.Add("CANARY", canary),
        };
        var clock = Stopwatch.StartNew();
        var began = Environment.CpuUsage.TotalTime;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = AtOnce,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        await Parallel.ForAsync(0, Steps, options, async (i, _) =>
        {
            // Every hundredth leaves somebody behind: in its group, and out of it.
            await using var program = _starter.MustStart(i % 100 == 0 ? leaving : Programs.Spec("true"));
            Assert.Equal(0, (await program.Exited).Code);
        });
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Steps} steps in {clock.Elapsed.TotalSeconds:0.0} s; "
            + $"this process worked {(Environment.CpuUsage.TotalTime - began).TotalSeconds:0.0} s for them");
        Assert.Equal(0, Programs.CountOf(canary));
        await Programs.UntilAsync(() => !ProcessTable.Children().Exists(child => child.Dead), looks: 2000);
    }

    private static Task<string> FirstLineAsync(OsPipe pipe)
    {
        pipe.Write.Dispose();
        return Programs.FirstLineAsync(pipe.Read);
    }
}
