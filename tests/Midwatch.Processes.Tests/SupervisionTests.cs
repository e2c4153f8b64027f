namespace Midwatch.Processes.Tests;

[Collection("one at a time: clocks, and ten thousand programs")]
public sealed class SupervisionTests : IAsyncLifetime
{
    // A child in the group, one in its own session, and one there that also lost its parent: all sleep far too long.
    private const string Family = """
        sleep 600 &
        setsid sh -c 'sleep 600; true' &
        setsid sh -c 'sleep 600 & setsid sleep 600 & exit 0'
        wait
        """;

    // The shell, its child; a shell with a child in a session; two that wait for nobody. (The shell of these two has
    // gone.)
    private const int FamilySize = 6;

    private readonly ProgramStarter _starter = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _starter.DisposeAsync();

    // How soon is measured by bench/shell-cancel; an end that does not come would not come later either.
    [Theory]
    [InlineData(Family, FamilySize)]
    [InlineData("trap '' TERM INT HUP; while :; do sleep 600; done", 2)]
    [InlineData("sleep 600 & kill -STOP $! $$; wait", 2)]
    public async Task Disposal_ends_the_program_and_all_its_descendants(string script, int size)
    {
        var program = _starter.Start(null, "sh", "-c", script);
        await Programs.UntilAsync(() => Programs.CountOf(program.Mark) == size);
        await program.DisposeAsync().AsTask()
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal(0, Programs.CountOf(program.Mark));
        Assert.Equal(Signal.Kill, (await program.Exited).Signal);
    }

    [Fact]
    public async Task What_a_dead_program_left_behind_can_be_signalled_and_ends_with_it()
    {
        using var pipe = OsPipe.Create();
        var program = _starter.Start(pipe.Write, "sh", "-c", "sleep 600 & echo $!");
        pipe.Write.Dispose();
        var child =
            int.Parse(await Programs.FirstLineAsync(pipe.Read), System.Globalization.CultureInfo.InvariantCulture);
        await program.Exited;
        Assert.True(Programs.IsAlive(child));
        Assert.True(program.Signal(Signal.None, wholeGroup: true));
        Assert.False(program.Signal(Signal.None, wholeGroup: false));
        await program.DisposeAsync();
        Assert.False(Programs.IsAlive(child));
        Assert.False(program.Signal(Signal.None, wholeGroup: true));
    }

    [Fact]
    public async Task A_thousand_short_programs_leave_no_zombie()
    {
        var started = new List<RunningProgram>();
        for (var i = 0; i < 1000; i++)
        {
            started.Add(_starter.Start(null, "true"));
        }

        foreach (var program in started)
        {
            Assert.Equal(0, (await program.Exited).Code);
        }

        var ours = started.Select(program => program.ProcessId).ToHashSet();
        Assert.DoesNotContain(ProcessTable.Children(), child => ours.Contains(child.Pid));
        Assert.All(started, program => Assert.False(program.Signal(Signal.None, wholeGroup: true)));
    }

    [Fact]
    public async Task Stopping_and_continuing_reaches_those_who_left_the_group()
    {
        await using var program = _starter.Start(null, "sh", "-c", Family);
        await Programs.UntilAsync(() => Programs.CountOf(program.Mark) == FamilySize);
        Assert.Equal(FamilySize, program.SignalAll(Signal.Stop));
        Assert.Equal(FamilySize, program.SignalAll(Signal.Cont));
    }

    [Fact]
    public async Task Stopping_reaches_a_child_that_has_neither_its_group_nor_its_environment()
    {
        await using var program = _starter.Start(null, "sh", "-c", "env -i setsid sleep 60 & wait");
        await Programs.UntilAsync(() => ProcessTable.All().Any(
            entry => entry.Parent == program.ProcessId && entry.Group == entry.Pid));
        Assert.Equal(2, program.SignalAll(Signal.Stop));
        Assert.Equal(2, program.SignalAll(Signal.Kill));
    }

    [Fact]
    public async Task A_starter_takes_its_programs_with_it()
    {
        var starter = new ProgramStarter();
        var program = starter.Start(null, "sleep", "600");
        await starter.DisposeAsync();
        Assert.False(Programs.IsAlive(program.ProcessId));
        Assert.Throws<ObjectDisposedException>(() => starter.Start(Programs.Spec("true")));
    }

    [Theory]
    [InlineData("sleep 600 & ")]
    [InlineData("env -i CANARY=$CANARY sleep 600 & ")]
    public async Task After_kill_minus_9_nothing_is_left_within_two_seconds(string oneMore)
    {
        var victim = Path.Combine(AppContext.BaseDirectory, "Midwatch.Processes.Victim");
        var canary = $"canary-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}";
        await using var program = _starter.MustStart(Programs.Spec(victim, oneMore + Family, canary) with
        {
            Environment = Programs.Environment.Add("DOTNET_ROOT", DotnetRoot()),
        });
        await Programs.UntilAsync(() => Programs.CountOf(canary) == FamilySize + 1);
        Assert.True(program.Signal(Signal.Kill, wholeGroup: false));
        await Programs.UntilAsync(() => Programs.CountOf(canary) == 0);
    }

    private static string DotnetRoot() =>
        Path.GetFullPath(
            Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
}
