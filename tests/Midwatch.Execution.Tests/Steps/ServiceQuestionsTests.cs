using Midwatch.Execution.Steps;
using Midwatch.Execution.Tests.Sealing;

namespace Midwatch.Execution.Tests.Steps;

public sealed class ServiceQuestionsTests
{
    [Theory]
    [InlineData("cache", true)]
    [InlineData("cache.shop.svc.cluster.local", true)]
    [InlineData("empty", false)]
    [InlineData("nobody", false)]
    [InlineData("cache.example.com", null)]
    public async Task A_service_takes_connections_when_it_has_a_ready_endpoint(string host, bool? holds)
    {
        await using var server = new ApiServer();
        server["/api/v1/namespaces/shop/endpoints/cache"] = """{"subsets":[{"addresses":[{"ip":"10.0.0.1"}]}]}""";
        server["/api/v1/namespaces/shop/endpoints/empty"] =
            """{"subsets":[{"notReadyAddresses":[{"ip":"10.0.0.2"}]}]}""";
        var question = new InspectorQuestion(QuestionKind.Ping, host, 6379, null);
        var answer =
            await new ServiceQuestions(server.Client, "shop").AskAsync(question, TestContext.Current.CancellationToken);
        Assert.Equal(holds, answer.Holds);
        Assert.NotEmpty(answer.Sentence);
    }
}
