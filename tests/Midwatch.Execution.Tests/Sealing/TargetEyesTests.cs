using Midwatch.Execution.Sealing;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Execution.Tests.Sealing;

public sealed class TargetEyesTests
{
    private const string Path = "/apis/apps/v1/namespaces/shop/deployments/web";
    private static readonly TargetReference Web = new("deployment", "web", null, null);

    [Fact]
    public async Task An_object_is_known_by_uid_generation_and_what_it_is_meant_to_be()
    {
        await using var server = new ApiServer();
        server[Path] =
            """{"metadata":{"uid":"u1","generation":4},"spec":{"replicas":2,"paused":false},"status":{"a":1}}""";
        var before = await SeenAsync(server, Web);
        Assert.Equal(("deployment", "shop", "web", 4L),
            (before.Kind, before.Namespace, before.Name, before.Generation));
        Assert.Equal(["u1"], before.Uids);

        server[Path] =
            """{"status":{"a":2},"spec":{"paused":false,"replicas":2},"metadata":{"uid":"u1","generation":4}}""";
        Assert.Equal(before.SpecHash, (await SeenAsync(server, Web)).SpecHash);

        server[Path] = """{"metadata":{"uid":"u1","generation":5},"spec":{"replicas":3,"paused":false}}""";
        Assert.NotEqual(before.SpecHash, (await SeenAsync(server, Web)).SpecHash);
    }

    [Fact]
    public async Task A_selector_is_the_set_that_it_matches_in_the_order_of_the_uids()
    {
        await using var server = new ApiServer();
        server["/api/v1/namespaces/other/pods"] = """
            {"metadata":{"resourceVersion":"7"},"items":[
              {"metadata":{"uid":"b"},"spec":{"x":1}},{"metadata":{"uid":"a"},"spec":{"x":2}}]}
            """;
        var set = await SeenAsync(server, new TargetReference("pod", null, "other", "app=web"));
        Assert.Equal(["a", "b"], set.Uids);
        Assert.Equal(("app=web", null, null), (set.Selector, set.Name, set.Generation));
        Assert.NotEmpty(set.SpecHash);
    }

    [Fact]
    public async Task An_object_that_is_not_there_is_seen_as_absent()
    {
        await using var server = new ApiServer();
        var absent = await SeenAsync(server, Web);
        Assert.Empty(absent.Uids);
        Assert.Equal("", absent.SpecHash);
    }

    [Theory]
    [InlineData("deployment", null, null)]
    [InlineData("frobnicator", "x", null)]
    public async Task What_cannot_be_looked_at_says_so(string kind, string? name, string? selector)
    {
        await using var server = new ApiServer();
        var look = await new TargetEyes(server.Client, "shop")
            .LookAsync(new TargetReference(kind, name, null, selector), TestContext.Current.CancellationToken);
        Assert.Contains(kind, Assert.IsType<TargetLook.Unseen>(look).Reason, StringComparison.Ordinal);
    }

    private static async Task<TargetSighting> SeenAsync(ApiServer server, TargetReference target) =>
        Assert.IsType<TargetLook.Seen>(
            await new TargetEyes(server.Client, "shop").LookAsync(target,
                TestContext.Current.CancellationToken)).Sighting;
}
