using Midwatch.Shell.Interpretation;

namespace Midwatch.Shell.Tests.Interpretation;

public sealed class InterpreterTests
{
    private static readonly string[] Hostile =
    [
        "a b", "a  b", "$(touch hacked)", "`touch hacked`", "; touch hacked", "*", "?", "[a]", "{a,b}", "~", "$HOME",
            "\"", "'", "\\",
        "a\nb", "| cat", "> hacked", "&", "#", "é😀", "", " ", "a'b\"c", "!!", "$((1+1))", "<pod>",
    ];

    [Fact]
    public async Task Foreign_values_stay_one_argument_however_they_are_used()
    {
        await using var bench = new Workbench();
        foreach (var value in Hostile)
        {
            bench.BindPlaceholder("pod-name", value);
            bench.Session.Bind("POD", value);
            bench.Judge.Seen.Clear();
            await bench.RunAsync("env printf '<%s>' <pod-name> \"<pod-name>\" x$POD \"$POD\" x<pod-name>y");
            var call = Assert.Single(bench.Judge.Seen);
            Assert.Equal(["env", "printf", "<%s>", value, value, "x" + value, value, $"x{value}y"], call.Arguments);
        }

        Assert.Empty(Directory.GetFiles(bench.Folder.Path));
    }

    [Fact]
    public async Task A_copy_of_a_foreign_value_is_foreign_too()
    {
        await using var bench = new Workbench();
        bench.Session.Bind("POD", "a b *");
        await bench.RunAsync("X=$POD; Y=\"p-$X\"; env printf '<%s>' $X $Y");
        Assert.Equal("<a b *><p-a b *>", bench.Output);
    }

    [Theory]
    [InlineData("env echo $POD")]
    [InlineData("env echo \"$POD\"")]
    [InlineData("X=$POD; env echo $X")]
    public async Task A_foreign_value_that_would_be_an_option_stops_the_script(string text)
    {
        await using var bench = new Workbench();
        bench.Session.Bind("POD", "--help");
        var stopped = Assert.IsType<ShellOutcome.Stopped>(await bench.RunAsync(text));
        Assert.Equal("SH3002", stopped.Reason.Code);
        Assert.Empty(bench.Judge.Seen);
    }

    [Fact]
    public async Task The_judge_sees_what_is_about_to_run()
    {
        await using var bench = new Workbench();
        await bench.RunAsync("cd /; X=1 env a=$(echo b) 'c d' $((1+1)) > " + bench.Folder.File("f"));
        var call = Assert.Single(bench.Judge.Seen);
        Assert.Equal(["env", "a=b", "c d", "2"], call.Arguments);
        Assert.Equal("/", call.WorkingDirectory);
        Assert.Equal("1", call.Assignments["X"]);
        Assert.Equal([new FileUse(bench.Folder.File("f"), Writes: true)], call.Files);
    }

    [Fact]
    public async Task A_refusal_at_run_time_stops_everything_behind_it()
    {
        await using var bench = new Workbench("rm");
        var outcome = await bench.RunAsync("c=$(echo rm); echo a > made; $c x || echo b > never; echo c > never");
        var stopped = Assert.IsType<ShellOutcome.Stopped>(outcome);
        Assert.Equal("SH2004", stopped.Reason.Code);
        Assert.True(File.Exists(bench.Folder.File("made")));
        Assert.False(File.Exists(bench.Folder.File("never")));
    }

    [Fact]
    public async Task A_session_keeps_variables_functions_and_directory()
    {
        await using var bench = new Workbench();
        await bench.RunAsync("x=1; f() { echo \"f $1\"; }; mkdir d; cd d; false");
        Assert.Equal(1, bench.Session.LastStatus);
        await bench.RunAsync("echo $? $x; f y; pwd");
        Assert.Equal($"1 1\nf y\n{bench.Folder.File("d")}\n", bench.Output);
    }

    [Fact]
    public async Task A_background_program_lives_until_the_session_ends_it()
    {
        await using var bench = new Workbench();
        await bench.RunAsync("env sleep 100 & echo $!");
        Assert.Equal(1, bench.Session.RunningJobs);
        var process = $"/proc/{bench.Output.Trim()}";
        Assert.True(Directory.Exists(process));
        await bench.Session.EndJobsAsync();
        Assert.Equal(0, bench.Session.RunningJobs);
        Assert.False(Directory.Exists(process));
    }

    [Theory]
    [InlineData("ln -s /etc link; d=link; echo x > $d/midwatch-test")]
    [InlineData("f=/etc/midwatch-test; echo x > $f")]
    [InlineData("f=$(echo /etc/midwatch-test); echo x > $f")]
    [InlineData("ln -s /etc/midwatch-test link; f=link; echo x >> $f")]
    [InlineData("ln -s /etc/midwatch-test link; echo x >| link")]
    [InlineData("ln -s ../../etc/midwatch-test link; echo x &> link")]
    [InlineData("ln -s /etc far; ln -s far/midwatch-test near; exec 3<> near")]
    [InlineData("ln -s /proc/self/cwd/../.. up; echo x > up/midwatch-test")]
    [InlineData("cd /etc; echo x > midwatch-test")]
    [InlineData("cd /tmp; echo x > midwatch-test")]
    [InlineData("cd /tmp; > midwatch-test")]
    [InlineData("f=a/../../x; mkdir a; echo x > $f")]
    [InlineData("mkdir a; cd a; echo x > ../../midwatch-test")]
    [InlineData("cd ..; { echo x; } > midwatch-test")]
    [InlineData("echo x > /dev/../etc/midwatch-test")]
    [InlineData("echo x > /proc/self/fd/1")]
    [InlineData("x=$(echo y > /tmp/midwatch-test)")]
    [InlineData("exec > /tmp/midwatch-test")]
    [InlineData("while false; do :; done > /tmp/midwatch-test")]
    public async Task Nothing_is_written_outside_the_folder(string text)
    {
        await using var bench = new Workbench();
        var outcome = await bench.RunAsync(text);
        var code = outcome switch
        {
            ShellOutcome.Stopped stopped => stopped.Reason.Code,
            ShellOutcome.Refused refused => refused.Reasons[0].Code,
            _ => "ran",
        };
        Assert.Equal("SH3003", code);
        Assert.False(File.Exists("/etc/midwatch-test"));
        Assert.False(File.Exists("/tmp/midwatch-test"));
    }

    [Theory]
    [InlineData("echo a > f; cat f", "a\n")]
    [InlineData("mkdir -p a/b; cd a/b; echo a > ../f; cat ../f", "a\n")]
    [InlineData("mkdir d; ln -s d link; ln -s f d/to; echo a > link/to; cat d/f", "a\n")]
    [InlineData("ln -s \"$PWD/f\" link; echo a > link; cat f", "a\n")]
    [InlineData("echo a > /dev/null; echo b > /dev/stdout; echo c > /dev/stderr; echo d > /dev/fd/1", "b\nc\nd\n")]
    [InlineData("echo a > ./x/../f || echo no; ls", "no\n")]
    [InlineData("mkdir x; echo a > ./x/../f; cat f", "a\n")]
    [InlineData("mkdir d; echo a 2>&1 > d || echo no", "no\n")]
    [InlineData("echo a > no/such || echo no", "no\n")]
    public async Task Below_the_folder_and_to_the_streams_everything_may_be_written(string text, string output)
    {
        await using var bench = new Workbench();
        Assert.IsType<ShellOutcome.Exited>(await bench.RunAsync($"{{ {text}; }} 2>&1 | grep -v midwatch:"));
        Assert.Equal(output, bench.Output);
    }

    [Fact]
    public async Task A_program_that_exchanges_a_folder_for_a_link_gains_nothing()
    {
        await using var bench = new Workbench();
        using var elsewhere = new Folder();
        var outside = elsewhere.Path;
        bench.Session.Set("OUT", outside);

        // It swaps as fast as it can while redirections open a file below the name that is swapped.
        var outcome = await bench.RunAsync("""
            mkdir real; ln -s "$OUT" evil; cp -r real d
            sh -c 'while :; do mv -T d keep; mv -T evil d; mv -T d evil; mv -T keep d; done' 2>/dev/null &
            for i in {1..3000}; do echo x > d/f$i; done 2>/dev/null
            kill $!
            """);
        Assert.True(outcome is ShellOutcome.Exited or ShellOutcome.Stopped { Reason.Code: "SH3003" }, $"{outcome}");
        await bench.Session.EndJobsAsync();
        Assert.Empty(Directory.GetFiles(outside));
    }

    [Fact]
    public async Task A_range_without_end_is_refused_and_does_not_fill_the_memory()
    {
        await using var bench = new Workbench();
        var stopped = Assert.IsType<ShellOutcome.Stopped>(await bench.RunAsync("echo {1..1000000000}"));
        Assert.Equal("SH3004", stopped.Reason.Code);
    }

    [Fact]
    public async Task Functions_that_call_themselves_without_end_are_stopped()
    {
        await using var bench = new Workbench();
        var stopped = Assert.IsType<ShellOutcome.Stopped>(await bench.RunAsync("f() { f; }; f"));
        Assert.Equal("SH3006", stopped.Reason.Code);
    }

    [Fact]
    public async Task A_secret_in_the_environment_of_the_test_is_not_seen_by_programs()
    {
        await using var bench = new Workbench();
        Environment.SetEnvironmentVariable("MIDWATCH_TEST_SECRET", "s");
        await bench.RunAsync("env");
        Assert.DoesNotContain("MIDWATCH_TEST_SECRET", bench.Output, StringComparison.Ordinal);
    }
}
