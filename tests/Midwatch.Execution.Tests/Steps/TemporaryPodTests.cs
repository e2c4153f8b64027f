using Midwatch.Execution.Steps;

namespace Midwatch.Execution.Tests.Steps;

public sealed class TemporaryPodTests
{
    [Fact]
    public async Task A_temporary_pod_is_asked_another_way()
    {
        await using var bench = new Bench(options => options with
        {
            Ask = (question, _) => Task.FromResult(new QuestionAnswer(false, $"No: {question}")),
        });
        bench.Script("kubectl", "echo never");
        var outcome = await bench.RunAsync("""
            kubectl run -it --rm redis-test --image=redis:alpine --restart=Never -n n -- \
              redis-cli -h cache-master ping
            """);
        Assert.Equal(CommandEnd.AskedAnotherWay, outcome.End);
        Assert.Equal(new InspectorQuestion(QuestionKind.Ping, "cache-master", 6379, null), outcome.Question);
        Assert.Equal("No: Does cache-master:6379 answer a PING?", outcome.Answer?.Sentence);
        Assert.Empty(outcome.Started);
    }

    [Theory]
    [InlineData("nc -zv postgres 5432", QuestionKind.Connect, "postgres", 5432, null)]
    [InlineData("curl -s http://api.shop:8080/health?x=1", QuestionKind.Http, "api.shop", 8080, "/health?x=1")]
    [InlineData("wget -qO- api:8080/", QuestionKind.Http, "api", 8080, "/")]
    [InlineData("nslookup kubernetes.default", QuestionKind.Resolve, "kubernetes.default", null, null)]
    [InlineData("redis-cli -h cache info", QuestionKind.Connect, "cache", 6379, null)]
    [InlineData("psql -h db -U me", QuestionKind.Connect, "db", 5432, null)]
    public async Task What_the_pod_was_wanted_for_is_read(
        string inner, QuestionKind kind, string host, int? port, string? path)
    {
        await using var bench = new Bench();
        bench.Script("kubectl", "echo never");
        var outcome = await bench.RunAsync($"kubectl run t --rm -it --image=x --restart=Never -- {inner}");
        Assert.Equal(new InspectorQuestion(kind, host, port, path), outcome.Question);
    }

    [Fact]
    public async Task A_pod_for_something_else_is_refused_in_the_diagnosis()
    {
        await using var bench = new Bench();
        bench.Script("kubectl", "echo never");
        var outcome = await bench.RunAsync("kubectl run t --rm -it --image=x --restart=Never -- sh");
        Assert.Equal(CommandEnd.Refused, outcome.End);
    }
}
