using Midwatch.Execution.Steps;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Execution.Tests.Steps;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_command_of_a_shell_that_another_one_opens_is_never_run_here()
    {
        await using var bench = new Bench();
        bench.Script("etcdctl", "echo ran");
        var command = Bench.Command("etcdctl endpoint status") with
        {
            Inside = new SessionPlace("pod", "oc rsh etcd-0", 12),
        };

        var outcome = await bench.Runner.RunAsync(command, new Allowance { Most = Effect.Destroy }, Bench.Cancelled);

        Assert.Equal(CommandEnd.Refused, outcome.End);
        var refusal = Assert.Single(outcome.Refusals);
        Assert.Equal("EX1005", refusal.Code);
        Assert.Contains("line 12", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_reason_is_known_before_anything_runs_and_has_its_place_in_the_document()
    {
        await using var bench = new Bench();
        const string Text = """
            aws-that-is-not-there get-login | cat \
              --server=<account-id>.example \
              "$(stdin-that-is-no-program)"
            """;
        var outcome = await bench.RunAsync(Text, Bench.Changing with { Most = Effect.Destroy });
        Assert.Equal(CommandEnd.Refused, outcome.End);
        Assert.Empty(outcome.Started);
        Assert.Contains(outcome.Refusals,
            each => (each.Line, each.Column) == (40, 3) && each.Reason.Contains("aws-that", StringComparison.Ordinal));
        Assert.Contains(outcome.Refusals,
            each => each.Line == 41 && each.Reason.Contains("account-id", StringComparison.Ordinal));
        Assert.Contains(outcome.Refusals,
            each => each.Line == 42 && each.Reason.Contains("stdin-that", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kubectl delete pod x", Effect.Read)]
    [InlineData("kubectl scale deployment/x --replicas=1", Effect.Read)]
    [InlineData("kubectl delete pod x", Effect.Change)]
    public async Task More_than_is_allowed_is_refused(string text, Effect most)
    {
        await using var bench = new Bench();
        bench.Script("kubectl", "echo never");
        var outcome = await bench.RunAsync(text, new Allowance { Most = most });
        Assert.Equal(CommandEnd.Refused, outcome.End);
        Assert.Equal("", outcome.Output.Text);
        Assert.NotEmpty(outcome.Refusals);
    }

    [Theory]
    [InlineData("kubectl --context other get pods")]
    [InlineData("kubectl get pods --kubeconfig=/tmp/other")]
    [InlineData("kubectl get pods --as admin")]
    [InlineData("KUBECONFIG=/tmp/other kubectl get pods")]
    [InlineData("kubectl config use-context other")]
    [InlineData("timeout 5 kubectl --context other get pods")]
    [InlineData("bash -c 'kubectl --context other get pods'")]
    [InlineData("env AWS_PROFILE=other kubectl get pods")]
    [InlineData("export AWS_PROFILE=other; kubectl get pods")]
    [InlineData("curl --unix-socket /var/run/docker.sock http://x/containers/json")]
    [InlineData("curl https://elsewhere.example.com/")]
    public async Task A_command_for_another_cluster_or_as_somebody_else_is_refused(string text)
    {
        await using var bench = new Bench();
        bench.Script("kubectl", "echo never");
        var outcome = await bench.RunAsync(text, new Allowance { Most = Effect.Destroy });
        Assert.Equal(CommandEnd.Refused, outcome.End);
        Assert.Empty(outcome.Started);
    }

    [Fact]
    public async Task A_place_that_hides_in_a_variable_is_refused_as_the_program_starts()
    {
        await using var bench = new Bench();
        bench.Script("kubectl", "echo never");
        await bench.RunAsync("WHERE=--context=other");
        var outcome = await bench.RunAsync("kubectl get pods $WHERE", new Allowance { Most = Effect.Destroy });
        Assert.False(outcome.IsWell);
        Assert.Empty(outcome.Started);
    }

    [Fact]
    public async Task An_editor_is_a_matter_for_a_person()
    {
        await using var bench = new Bench();
        bench.Script("kubectl", "echo never");
        var outcome = await bench.RunAsync("kubectl edit deployment/x", Bench.Changing);
        Assert.Equal(CommandEnd.Refused, outcome.End);
        Assert.Contains(outcome.Refusals, each => each.Reason.Contains("terminal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_command_is_refused_and_not_mended()
    {
        await using var bench = new Bench();
        var outcome = await bench.RunAsync("echo \"open", Bench.Changing);
        Assert.Equal(CommandEnd.Refused, outcome.End);
        Assert.All(outcome.Refusals, each => Assert.NotEmpty(each.Reason));
    }

    [Fact]
    public async Task Exactly_what_was_approved_runs_and_nothing_else()
    {
        await using var bench = new Bench();
        bench.Script("kubectl", "echo \"$@\"");
        await bench.RunAsync("N=3");
        var command = Bench.Command("kubectl scale deployment/x --replicas=\"$N\"");
        var preview = bench.Runner.Preview(command, Bench.Changing);
        Assert.Empty(preview.Refusals);
        var approved = Bench.Changing with { Sealed = preview.ArgumentVectors };
        Assert.Equal("scale deployment/x --replicas=3\n",
            (await bench.Runner.RunAsync(command, approved, Bench.Cancelled)).Output.Text);
        await bench.RunAsync("N=0");
        var outcome = await bench.Runner.RunAsync(command, approved, Bench.Cancelled);
        Assert.False(outcome.IsWell);
        Assert.Empty(outcome.Started);
    }
}
