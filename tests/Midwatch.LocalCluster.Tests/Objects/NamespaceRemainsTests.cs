using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Collection;
using Midwatch.LocalCluster.Tests.Api;

namespace Midwatch.LocalCluster.Tests.Objects;

public sealed class NamespaceRemainsTests
{
    [Fact]
    public void What_keeps_a_namespace_is_counted_by_kind_and_by_finalizer()
    {
        var ns = RunningApi.Json("""{"metadata":{"name":"shop"},"status":{"phase":"Terminating"}}""");
        NamespaceRemains.Tell(ns, [Item("pods", "a"), Item("configmaps", "b", "x.test/hold")], "2026-01-01T00:00:00Z");
        Assert.Equal(("True", "Some resources are remaining: configmaps. has 1 resource instances, pods. has 1 "
            + "resource instances"), Told(ns, "NamespaceContentRemaining"));
        Assert.Equal(("True", "Some content in the namespace has finalizers remaining: x.test/hold in 1 resource "
            + "instances"), Told(ns, "NamespaceFinalizersRemaining"));
        NamespaceRemains.Tell(ns, [Item("pods", "a")], "2026-01-01T00:00:05Z");
        Assert.Equal(("False", "All content-preserving finalizers finished"), Told(ns, "NamespaceFinalizersRemaining"));
        Assert.Equal("2026-01-01T00:00:00Z", (string?)Condition(ns, "NamespaceContentRemaining")["lastTransitionTime"]);
        Assert.Equal(
            "2026-01-01T00:00:05Z", (string?)Condition(ns, "NamespaceFinalizersRemaining")["lastTransitionTime"]);
        Assert.Equal("Terminating", (string?)ns["status"]!["phase"]);
    }

    private static (string? Status, string? Message) Told(JsonObject ns, string type) =>
        ((string?)Condition(ns, type)["status"], (string?)Condition(ns, type)["message"]);

    private static JsonObject Condition(JsonObject ns, string type) =>
        (JsonObject)ns["status"]!["conditions"]!.AsArray().Single(one => (string?)one!["type"] == type)!;

    private static StoredObject Item(string plural, string name, params string[] finalizers) => FrozenObject.At(
        1, new ObjectKey("", plural, "shop", name), new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["finalizers"] = new JsonArray([.. finalizers.Select(one => JsonValue.Create(one))]),
            },
        });
}
