using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes.Tests;

public sealed class StartingTests : IAsyncLifetime
{
    private readonly ProgramStarter _starter = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _starter.DisposeAsync();

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        var (output, status) = await _starter.RunAsync(Programs.Spec("printf", "%s|", "a b", "", "$HOME", "ü'\"*"));
        Assert.Equal("a b||$HOME|ü'\"*|", output);
        Assert.Equal(new ExitStatus(0, null), status);
    }

    [Fact]
    public async Task Only_the_given_environment_and_our_two_marks_are_seen()
    {
        var (output, _) = await _starter.RunAsync(Programs.Spec("env"));
        var names =
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]).Order();
        Assert.Equal(["MIDWATCH_PROGRAM", "MIDWATCH_PROGRAM_OWNER", "PATH"], names);
    }

    [Fact]
    public async Task The_working_directory_is_the_one_asked_for()
    {
        var (output, _) = await _starter.RunAsync(Programs.Spec("pwd") with { WorkingDirectory = "/usr/share" });
        Assert.Equal("/usr/share\n", output);
    }

    [Fact]
    public async Task No_descriptor_but_the_standard_ones_is_inherited()
    {
        using var inheritable = File.OpenHandle("/etc/passwd");
        _ = Native.Control((int)inheritable.DangerousGetHandle(), 2, 0);
        var (output, _) = await _starter.RunAsync(Programs.Spec("ls", "/proc/self/fd"));
        // The fourth is the directory that ls reads.
        Assert.Equal("0\n1\n2\n3\n", output);
    }

    [Fact]
    public async Task Without_an_input_the_program_reads_an_empty_one()
    {
        var (output, status) = await _starter.RunAsync(Programs.Spec("cat"));
        Assert.Equal("", output);
        Assert.Equal(0, status.ShellCode);
    }

    [Fact]
    public async Task A_pipeline_ends_when_its_reader_ends()
    {
        using var middle = OsPipe.Create();
        await using var yes = _starter.Start(middle.Write, "yes");
        var head = await _starter.RunAsync(Programs.Spec("head", "-n", "1") with { StandardInput = middle.Read });
        middle.Dispose();
        Assert.Equal("y\n", head.Output);
        Assert.Equal(Signal.Pipe, (await yes.Exited).Signal);
    }

    [Fact]
    public async Task Ignored_signals_of_the_runtime_are_not_passed_on()
    {
        var (output, _) = await _starter.RunAsync(Programs.Spec("grep", "-E", "SigIgn|SigBlk", "/proc/self/status"));
        var masks = output.Trim().Split('\n').Select(line => Convert.ToUInt64(line.Split('\t')[1], 16));
        // Signals 32 and 33 belong to the C library, which sets them aside in every posix_spawn.
        Assert.All(masks, mask => Assert.Equal(0UL, mask & ~0x1_8000_0000UL));
    }

    [Theory]
    [InlineData("exit 0", 0, null)]
    [InlineData("exit 3", 3, null)]
    [InlineData("kill -TERM $$", 143, Signal.Term)]
    [InlineData("kill -KILL $$", 137, Signal.Kill)]
    public async Task The_exit_status_tells_code_or_signal(string script, int shellCode, Signal? signal)
    {
        var (_, status) = await _starter.RunAsync(Programs.Spec("sh", "-c", script));
        Assert.Equal(shellCode, status.ShellCode);
        Assert.Equal(signal, status.Signal);
        Assert.Equal(shellCode == 0, status.Code == 0);
    }

    [Fact]
    public void A_program_that_is_not_there_is_an_outcome()
    {
        Assert.Equal(new StartResult.NotFound("no-such-program"), _starter.Start(Programs.Spec("no-such-program")));
        Assert.Equal(new StartResult.NotFound("/no/such"), _starter.Start(Programs.Spec("/no/such")));
        Assert.Equal(new StartResult.NotFound("true"), _starter.Start(Programs.Spec("true") with
        {
            Environment = Programs.Environment.SetItem("PATH", "/no/such/directory"),
        }));
    }

    [Fact]
    public void A_file_that_cannot_be_executed_is_told_apart_from_a_missing_one()
    {
        Assert.Equal("Is a directory", Refusal(Programs.Spec("/usr")));
        Assert.Equal("Permission denied", Refusal(Programs.Spec("/etc/passwd")));
        Assert.Equal("Permission denied", Refusal(Programs.Spec("passwd") with
        {
            Environment = Programs.Environment.SetItem("PATH", "/no/such:/etc"),
        }));

        string Refusal(ProgramSpec spec) => Assert.IsType<StartResult.NotExecutable>(_starter.Start(spec)).Message;
    }

    [Fact]
    public void Text_without_an_interpreter_line_is_not_run_by_a_shell_behind_our_back()
    {
        using var script = ScriptFile.Write("echo hello\n");
        var result = Assert.IsType<StartResult.NotExecutable>(_starter.Start(Programs.Spec(script.Path)));
        Assert.Equal("Exec format error", result.Message);
        using var lost = ScriptFile.Write("#!/no/such/interpreter\n");
        result = Assert.IsType<StartResult.NotExecutable>(_starter.Start(Programs.Spec(lost.Path)));
        Assert.Equal("Its interpreter is not there", result.Message);
    }

    [Fact]
    public void What_the_system_refuses_is_said_in_a_sentence()
    {
        var missing = Assert.IsType<StartResult.Failed>(
            _starter.Start(Programs.Spec("true") with { WorkingDirectory = "/no/such" }));
        Assert.Equal("The working directory '/no/such' does not exist.", missing.Message);
        var tooLong =
            Assert.IsType<StartResult.Failed>(_starter.Start(Programs.Spec("true", new string('x', 4_000_000))));
        Assert.Equal(7, tooLong.Errno);
        Assert.IsType<StartResult.Failed>(_starter.Start(Programs.Spec("true", "a\0b")));
    }

    [Fact]
    public async Task A_handle_may_be_output_and_error_at_once()
    {
        using var pipe = OsPipe.Create();
        SafeFileHandle both = pipe.Write;
        await using var program = _starter.MustStart(
            Programs.Spec("sh", "-c", "echo one; echo two >&2") with { StandardOutput = both, StandardError = both });
        both.Dispose();
        var capture = BoundedCapture.Start(_starter, pipe.Read);
        await capture.Completion;
        Assert.Equal("one\ntwo\n"u8, capture.Kept());
    }
}
