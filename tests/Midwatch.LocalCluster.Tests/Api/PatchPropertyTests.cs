using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Midwatch.LocalCluster.Api.Patching;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Managed;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>What must hold of patches whatever the objects are.</summary>
public sealed class PatchPropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact]
    public void A_merge_patch_made_of_the_difference_turns_one_object_into_the_other() =>
        Prop.ForAll(Objects(3), Objects(3), (left, right) =>
        {
            var patch = Difference(left, right);
            var once = MergePatch.Apply(left, patch);

            Assert.True(JsonNode.DeepEquals(right, once), $"{left} with {patch} is {once}, not {right}");
            Assert.True(JsonNode.DeepEquals(once, MergePatch.Apply(once, patch)), "once more changes nothing");
        }).Check(Config);

    [Fact]
    public void A_JSON_patch_made_of_the_difference_turns_one_object_into_the_other_and_a_broken_one_does_nothing() =>
        Prop.ForAll(Objects(3), Objects(3), (left, right) =>
        {
            var before = left.ToJsonString();
            var patch = new JsonArray([.. Operations("", left, right)]);

            var patched = Assert.IsType<PatchResult.Patched>(JsonPatch.Apply(left, patch)).Body;
            Assert.True(JsonNode.DeepEquals(right, patched), $"{left} with {patch} is {patched}, not {right}");

            patch.Add((JsonNode)new JsonObject { ["op"] = "test", ["path"] = "/nowhere", ["value"] = 1 });
            Assert.IsNotType<PatchResult.Patched>(JsonPatch.Apply(left, patch));
            Assert.Equal(before, left.ToJsonString());
        }).Check(Config);

    [Fact]
    public void A_strategic_patch_of_containers_is_the_same_twice_and_leaves_the_others_alone() =>
        Prop.ForAll(Pods(), Pods(), (pod, patch) =>
        {
            var strategic = new StrategicMergePatch(SchemaCatalog.Embedded);
            var once = Patched(strategic, pod, patch);

            Assert.True(JsonNode.DeepEquals(once, Patched(strategic, once, patch)), "once more changes nothing");
            var named = Containers(patch).Select(Name).ToHashSet();
            foreach (var container in Containers(pod).Where(one => !named.Contains(Name(one))))
            {
                Assert.Contains(Containers(once), one => JsonNode.DeepEquals(one, container));
            }

            foreach (var wanted in Containers(patch))
            {
                var now = Containers(once).Single(one => Name(one) == Name(wanted));
                Assert.Equal(wanted["image"]!.GetValue<string>(), now["image"]!.GetValue<string>());
            }
        }).Check(Config);

    [Fact]
    public void Who_applies_a_manifest_owns_what_it_says_and_to_apply_it_again_changes_nothing() =>
        Prop.ForAll(Pods(), Pods(), (live, manifest) =>
        {
            var shape = FieldShape.OfKind(KindCatalog.Embedded.Find("", "pods")!);
            var merged = AppliedMerge.Merge(live, manifest, shape)!;

            Assert.True(JsonNode.DeepEquals(merged, AppliedMerge.Merge(merged, manifest, shape)));
            var (changed, removed) = FieldSets.Compare(live, merged, shape);
            Assert.True(removed.IsEmpty, "to apply takes nothing away");
            var owned = FieldSets.Of(manifest, shape);
            Assert.Subset(owned.Paths().ToHashSet(), changed.Paths().ToHashSet());
            Assert.True(FieldTree.Read(owned.ToJson()).SameAs(owned), "written and read again it is the same");
        }).Check(Config);

    private static Arbitrary<JsonObject> Objects(int depth) => Tree(depth).ToArbitrary();

    private static Gen<JsonObject> Tree(int depth)
    {
        var leaf = Gen.Choose(0, 3).Select(number => (Func<JsonNode>)(() => JsonValue.Create(number)));
        var list = Gen.Choose(0, 3).Select(
            count => (Func<JsonNode>)(() => new JsonArray([.. Enumerable.Range(0, count).Select(
                one => (JsonNode)JsonValue.Create(one))])));
        var value = depth == 0 ? Gen.OneOf(leaf, list)
            : Gen.OneOf(leaf, list, Tree(depth - 1).Select(below => (Func<JsonNode>)(() => below.DeepClone())));
        return Gen.Choose(0, 5).Zip(value).ArrayOf(4).Select(fields =>
        {
            var result = new JsonObject();
            foreach (var (name, make) in fields)
            {
                result["f" + name.ToString(CultureInfo.InvariantCulture)] = make();
            }

            return result;
        });
    }

    private static Arbitrary<JsonObject> Pods() => Gen.Choose(0, 4).Zip(Gen.Choose(0, 3)).ArrayOf(3).Select(Pod)
        .ToArbitrary();

    private static JsonObject Pod((int Name, int Image)[] containers)
    {
        var list = new JsonArray();
        foreach (var (name, image) in containers.DistinctBy(one => one.Name))
        {
            list.Add((JsonNode)new JsonObject
            {
                ["name"] = $"c{name}",
                ["image"] = $"i:{image}",
                ["env"] = new JsonArray(new JsonObject { ["name"] = "A", ["value"] = $"{image}" }),
            });
        }

        return new JsonObject { ["spec"] = new JsonObject { ["containers"] = list } };
    }

    private static JsonObject Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var name in from.Select(one => one.Key).Union(to.Select(one => one.Key)))
        {
            if (!to.ContainsKey(name))
            {
                patch[name] = null;
            }
            else if (!JsonNode.DeepEquals(from[name], to[name]))
            {
                patch[name] = from[name] is JsonObject left && to[name] is JsonObject right
                    ? Difference(left, right) : to[name]!.DeepClone();
            }
        }

        return patch;
    }

    private static IEnumerable<JsonNode> Operations(string path, JsonObject from, JsonObject to)
    {
        foreach (var name in from.Select(one => one.Key).Union(to.Select(one => one.Key)))
        {
            var at = $"{path}/{name}";
            if (!to.ContainsKey(name))
            {
                yield return new JsonObject { ["op"] = "remove", ["path"] = at };
            }
            else if (from[name] is JsonObject left && to[name] is JsonObject right)
            {
                foreach (var below in Operations(at, left, right))
                {
                    yield return below;
                }
            }
            else if (!JsonNode.DeepEquals(from[name], to[name]))
            {
                yield return new JsonObject
                {
                    ["op"] = from.ContainsKey(name) ? "replace" : "add",
                    ["path"] = at,
                    ["value"] = to[name]?.DeepClone(),
                };
            }
        }
    }

    private static JsonObject Patched(StrategicMergePatch strategic, JsonObject pod, JsonObject patch) =>
        (JsonObject)Assert.IsType<PatchResult.Patched>(strategic.Apply(pod, patch, "Pod")).Body!;

    private static IEnumerable<JsonObject> Containers(JsonObject pod) =>
        (pod["spec"]?["containers"] as JsonArray ?? []).OfType<JsonObject>();

    private static string Name(JsonObject container) => container["name"]!.GetValue<string>();
}
