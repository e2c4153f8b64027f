using Midwatch.Execution.Alerts;

namespace Midwatch.Execution.Tests.Alerts;

public sealed class ExpressionQuestionTests
{
    private const string Nothing = """{"status":"success","data":{"resultType":"vector","result":[]}}""";
    private const string One =
        """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}]}}""";

    [Fact]
    public async Task An_expression_that_answers_holds() =>
        Assert.True((await AskAsync("up == 0", _ => (200, One, null))).Holds);

    [Fact]
    public async Task An_empty_answer_over_series_that_exist_is_false() =>
        Assert.False((await AskAsync("up == 0", query => (200, query == "up" ? One : Nothing, null))).Holds);

    [Fact]
    public async Task An_empty_answer_over_nothing_could_not_be_told() =>
        Assert.Null((await AskAsync("up == 0", _ => (200, Nothing, null))).Holds);

    [Fact]
    public async Task No_answer_could_not_be_told()
    {
        Assert.Null((await AskAsync("up == 0", _ => (0, "", "connection refused"))).Holds);
        Assert.Null((await AskAsync("up == 0", _ => (502, "<html>", null))).Holds);
        Assert.Null((await AskAsync("up ==", _ => (400, """{"status":"error","error":"parse error"}""", null))).Holds);
    }

    [Fact]
    public void The_expression_is_read_from_the_link_of_the_alert()
    {
        Assert.Equal(
            "sum(up{job=\"a b\"}) == 0",
            ExpressionQuestion.ExpressionOf(
                "http://x:9090/graph?g0.expr=sum%28up%7Bjob%3D%22a+b%22%7D%29+%3D%3D+0&g0.tab=1"));
        Assert.Null(ExpressionQuestion.ExpressionOf("http://x:9090/graph"));
        Assert.Null(ExpressionQuestion.ExpressionOf(null));
    }

    private static Task<ExpressionAnswer> AskAsync(string expression, Func<string, (int, string, string?)> answer) =>
        new ExpressionQuestion((path, _) => Task.FromResult(answer(Uri.UnescapeDataString(path.Split("query=")[1]))))
            .AskAsync(expression, TestContext.Current.CancellationToken);
}
