using Midwatch.Execution.Steps;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Execution.Tests.Steps;

public sealed class StepRunnerTests
{
    [Fact]
    public async Task A_pipeline_runs_and_its_programs_and_output_are_told()
    {
        await using var bench = new Bench();
        var outcome = await bench.RunAsync("printf 'a\\nb\\n' | grep b");
        Assert.Equal(CommandEnd.Succeeded, outcome.End);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("b\n", outcome.Output.Text);
        Assert.Contains(outcome.Started, argv => argv.SequenceEqual(["grep", "b"]));
        Assert.Equal((40, 3), (outcome.Line, outcome.Column));
    }

    [Fact]
    public async Task A_grep_that_finds_nothing_is_an_answer_and_no_failure()
    {
        await using var bench = new Bench();
        var outcome = await bench.RunAsync("printf 'a\\n' | grep b");
        Assert.Equal(CommandEnd.Succeeded, outcome.End);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("Status 1: nothing matched.", outcome.Remark);
    }

    [Fact]
    public async Task A_failing_program_is_told_with_its_status_and_its_complaint()
    {
        await using var bench = new Bench();
        var outcome = await bench.RunAsync("ls /nowhere-at-all");
        Assert.Equal(CommandEnd.Failed, outcome.End);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("No such file", outcome.Error.Text, StringComparison.Ordinal);
        Assert.False(outcome.IsWell);
    }

    [Fact]
    public async Task Programs_get_a_home_of_their_own_and_nothing_of_ours()
    {
        await using var bench = new Bench();
        var outcome = await bench.RunAsync("env", Allowance.Reading with { SecretOutput = true });
        Assert.DoesNotContain($"HOME={Environment.GetEnvironmentVariable("HOME")}\n", outcome.Output.Text,
            StringComparison.Ordinal);
        Assert.Contains("KUBECONFIG=/nowhere/kubeconfig\n", outcome.Output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("DOTNET", outcome.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_and_directory_last_from_command_to_command()
    {
        await using var bench = new Bench();
        await bench.RunAsync("WHERE=/usr");
        await bench.RunAsync("cd /");
        Assert.Equal("/usr /\n", (await bench.RunAsync("echo \"$WHERE\" \"$PWD\"")).Output.Text);
    }

    [Fact]
    public async Task An_alert_label_is_one_word_whatever_it_holds()
    {
        await using var bench = new Bench(options => options with
        {
            Variables = options.Variables.Add("pod", "a; touch /tmp/x $(id) *").Add("not-a-name", "x"),
        });
        Assert.Equal("[a; touch /tmp/x $(id) *]\n", (await bench.RunAsync("printf '[%s]\\n' $pod")).Output.Text);
    }

    [Fact]
    public async Task More_output_than_is_kept_is_cut_in_the_middle_and_counted()
    {
        await using var bench = new Bench(options => options with { Limits = Bench.Quick with { OutputBytes = 100 } });
        var outcome = await bench.RunAsync("seq 1 1000");
        Assert.StartsWith("1\n2\n", outcome.Output.Text, StringComparison.Ordinal);
        Assert.EndsWith("999\n1000\n", outcome.Output.Text, StringComparison.Ordinal);
        Assert.Equal(3893 - 200, outcome.Output.BytesLeftOut);
        Assert.Contains("3693 bytes left out", outcome.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_past_its_limit_is_ended_with_everything_it_started()
    {
        await using var bench = new Bench(options => options with { Limits = Bench.Quick });
        bench.Script("slow", "sleep 47.31 & echo $!; wait");
        var outcome = await bench.RunAsync("slow", new Allowance { Most = Effect.Destroy });
        Assert.Equal(CommandEnd.TimedOut, outcome.End);
        Assert.Null(outcome.ExitCode);
        Assert.False(Directory.Exists($"/proc/{outcome.Output.Text.Trim()}"));
    }

    [Fact]
    public async Task A_follower_is_followed_for_a_while_and_nothing_is_wrong()
    {
        await using var bench = new Bench(options => options with { Limits = Bench.Quick });
        bench.Script("kubectl", "echo line; exec sleep 30");
        var outcome = await bench.RunAsync("kubectl logs -f pod/x");
        Assert.Equal(CommandEnd.Followed, outcome.End);
        Assert.Equal("line\n", outcome.Output.Text);
        Assert.True(outcome.IsWell);
    }

    [Fact]
    public async Task A_command_that_waits_gets_the_longer_limit()
    {
        await using var bench = new Bench(options => options with { Limits = Bench.Quick });
        bench.Script("kubectl", "sleep 1.3; echo done");
        var outcome = await bench.RunAsync("kubectl rollout status deployment/x");
        Assert.Equal((CommandEnd.Succeeded, "done\n"), (outcome.End, outcome.Output.Text));
    }

    [Fact]
    public async Task What_asks_for_a_terminal_is_dropped()
    {
        await using var bench = new Bench();
        bench.Script("kubectl", "for word; do printf '[%s]' \"$word\"; done");
        var outcome = await bench.RunAsync("kubectl exec -it pod/x -- ls -t /tmp");
        Assert.Equal("[exec][-i][pod/x][--][ls][-t][/tmp]", outcome.Output.Text);
    }

    [Fact]
    public async Task A_redirection_writes_into_the_steps_own_folder_and_nowhere_else()
    {
        await using var bench = new Bench();
        Assert.Equal(CommandEnd.Succeeded, (await bench.RunAsync("echo kept > note.txt")).End);
        Assert.Equal("kept\n", (await bench.RunAsync("cat note.txt")).Output.Text);
        var outcome = await bench.RunAsync("echo lost > /tmp/midwatch-must-not-write", Bench.Changing);
        Assert.False(outcome.IsWell);
        Assert.False(File.Exists("/tmp/midwatch-must-not-write"));
    }

    [Fact]
    public async Task A_caller_that_cancels_ends_the_command()
    {
        await using var bench = new Bench();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var outcome = await bench.Runner.RunAsync(Bench.Command("tail -f /dev/null"), Allowance.Reading, stop.Token);
        Assert.Equal(CommandEnd.Cancelled, outcome.End);
    }
}
