using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Faults;

namespace Midwatch.LocalCluster.Tests.Faults;

public sealed class WorkloadStateTests
{
    private const string Merge = """{"spec":{"size":2,"old":null,"parts":[{"name":"a","limit":"1Mi"},"b"]}}""";

    [Theory]
    [InlineData("""{"spec":{"size":2,"parts":[{"name":"a","limit":"1Mi","added":true},"b"],"other":1}}""", true)]
    [InlineData("""{"spec":{"size":3,"parts":[{"name":"a","limit":"1Mi"},"b"]}}""", false)]
    [InlineData("""{"spec":{"size":2,"old":1,"parts":[{"name":"a","limit":"1Mi"},"b"]}}""", false)]
    [InlineData("""{"spec":{"size":2,"parts":[{"name":"a","limit":"2Mi"},"b"]}}""", false)]
    [InlineData("""{"spec":{"size":2,"parts":[{"name":"a","limit":"1Mi"},"b","c"]}}""", false)]
    [InlineData("""{"spec":{"size":2,"parts":["b",{"name":"a","limit":"1Mi"}]}}""", false)]
    [InlineData("""{"spec":null}""", false)]
    public void What_a_patch_set_is_known_again_although_the_server_filled_in_more(string body, bool has) =>
        Assert.Equal(has, WorkloadState.Has(JsonNode.Parse(body), JsonNode.Parse(Merge)));

    [Fact]
    public void What_was_there_before_a_patch_with_a_list_is_the_whole_list()
    {
        var body = (JsonObject)JsonNode.Parse("""{"spec":{"size":1,"old":5,"parts":[{"name":"a","added":true}]}}""")!;
        Assert.Equal(
            """{"spec":{"size":1,"old":5,"parts":[{"name":"a","added":true}]}}""",
            WorkloadState.Fields(body, (JsonObject)JsonNode.Parse(Merge)!).ToJsonString());
    }
}
