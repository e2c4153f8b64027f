using Midwatch.Execution.Redaction;
using Midwatch.Execution.Tests.Sealing;

namespace Midwatch.Execution.Tests.Redaction;

public sealed class ClusterSecretsTests
{
    [Fact]
    public async Task Secrets_of_the_scope_are_learned_and_a_namespace_that_cannot_be_read_is_told()
    {
        await using var server = new ApiServer();
        server["/api/v1/namespaces/shop/secrets"] = """
            {"metadata":{"resourceVersion":"1"},"items":[
              {"metadata":{"name":"db"},"data":{"password":"aHVudGVyMi14"}},{"metadata":{"name":"empty"}}]}
            """;
        var redactor = new Redactor();
        var failures = await ClusterSecrets.LearnAsync(
            redactor, server.Client, ["shop", "closed"], TestContext.Current.CancellationToken);
        Assert.Equal("it is «secret:db/password»", redactor.Redact("it is hunter2-x"));
        Assert.StartsWith("closed: ", Assert.Single(failures), StringComparison.Ordinal);
    }
}
