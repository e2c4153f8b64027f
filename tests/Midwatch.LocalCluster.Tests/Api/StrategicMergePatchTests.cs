using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Patching;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Tests.Api;

public sealed class StrategicMergePatchTests
{
    private const string Pod =
        """
        {"metadata":{"finalizers":["a"],"labels":{"x":"1","y":"2"}},
         "spec":{"containers":[{"name":"main","image":"m:1","env":[{"name":"A","value":"1"}]},{"name":"side","image":"s:1"}],
                 "tolerations":[{"key":"k"}]}}
        """;

    [Theory]
    [InlineData("""{"spec":{"containers":[{"name":"side","image":"s:2"}]}}""", "main=m:1 side=s:2")]
    [InlineData("""{"spec":{"containers":[{"name":"new","image":"n:1"}]}}""", "main=m:1 side=s:1 new=n:1")]
    [InlineData("""{"spec":{"containers":[{"name":"main","$patch":"delete"}]}}""", "side=s:1")]
    [InlineData("""{"spec":{"containers":[{"$patch":"replace"},{"name":"only","image":"o:1"}]}}""", "only=o:1")]
    [InlineData("""{"spec":{"$setElementOrder/containers":[{"name":"side"},{"name":"main"}]}}""", "side=s:1 main=m:1")]
    public void Containers_merge_by_name(string patch, string expected)
    {
        var patched = Apply(Pod, patch, "Pod");

        var containers = patched["spec"]!["containers"]!.AsArray();
        Assert.Equal(expected, string.Join(' ', containers.Select(one => $"{one!["name"]}={one["image"]}")));
    }

    [Fact]
    public void Lists_without_a_merge_key_are_replaced_and_sets_are_joined()
    {
        var patched = Apply(Pod, """{"metadata":{"finalizers":["b"]},"spec":{"tolerations":[{"key":"z"}]}}""", "Pod");

        Assert.Equal("""["a","b"]""", patched["metadata"]!["finalizers"]!.ToJsonString());
        Assert.Equal("""[{"key":"z"}]""", patched["spec"]!["tolerations"]!.ToJsonString());
    }

    [Fact]
    public void Null_removes_a_field_and_retainKeys_the_rest()
    {
        var patched = Apply(
            """{"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}},"metadata":{"labels":{"x":"1"}}}""",
            """{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}},"metadata":{"labels":{"x":null}}}""",
            "Deployment");

        Assert.Equal("""{"type":"Recreate"}""", patched["spec"]!["strategy"]!.ToJsonString());
        Assert.Equal("{}", patched["metadata"]!["labels"]!.ToJsonString());
    }

    [Fact]
    public void An_element_without_its_merge_key_fails_in_the_words_of_kubernetes()
    {
        var result = new StrategicMergePatch(SchemaCatalog.Embedded).Apply(
            RunningApi.Json(Pod), RunningApi.Json("""{"spec":{"containers":[{"image":"busybox:1.36"}]}}"""), "Pod");

        Assert.Equal(
            "map: map[image:busybox:1.36] does not contain declared merge key: name",
            Assert.IsType<PatchResult.Failed>(result).Message);
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/a/-","value":3}]""", """{"a":[1,2,3]}""")]
    [InlineData("""[{"op":"test","path":"/a/0","value":1},{"op":"remove","path":"/a/0"}]""", """{"a":[2]}""")]
    [InlineData("""[{"op":"move","from":"/a","path":"/b~1c"}]""", """{"b/c":[1,2]}""")]
    [InlineData("""[{"op":"copy","from":"/a/1","path":"/b"}]""", """{"a":[1,2],"b":2}""")]
    public void A_json_patch_is_applied_in_order(string patch, string expected)
    {
        var result = JsonPatch.Apply(RunningApi.Json("""{"a":[1,2]}"""), JsonNode.Parse(patch));

        Assert.Equal(expected, Assert.IsType<PatchResult.Patched>(result).Body.ToJsonString());
    }

    [Theory]
    [InlineData("""[{"op":"test","path":"/a/0","value":9}]""")]
    [InlineData("""[{"op":"remove","path":"/nope"}]""")]
    [InlineData("""[{"op":"bogus","path":"/a"}]""")]
    [InlineData("""[{"op":"replace","path":"/a/7","value":1}]""")]
    public void A_json_patch_that_does_not_fit_changes_nothing(string patch) =>
        Assert.IsType<PatchResult.DoesNotApply>(
            JsonPatch.Apply(RunningApi.Json("""{"a":[1,2]}"""), JsonNode.Parse(patch)));

    private static JsonObject Apply(string target, string patch, string type)
    {
        var result = new StrategicMergePatch(SchemaCatalog.Embedded).Apply(RunningApi.Json(target),
            RunningApi.Json(patch), type);
        return (JsonObject)Assert.IsType<PatchResult.Patched>(result).Body;
    }
}
