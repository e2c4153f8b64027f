using Midwatch.LocalCluster.Faults;

namespace Midwatch.LocalCluster.Tests.Faults;

public sealed class FaultCatalogTests
{
    [Fact]
    public void A_catalog_is_read_with_its_actions_in_order()
    {
        var fault = Assert.Single(Good("""
            faults:
              - id: bad-rollout
                summary: A version that crashes.
                alert: WebDown
                scenarios: { own: "Scenario 1", other.md: "Crash", mustNot: ["Scenario 2"] }
                reason: by hand
                inject:
                  - setImage: { workload: deployment/web, container: web, image: "web:2" }
                  - scale: { workload: deployment/web, replicas: 0 }
                  - freeze: { selector: app=cache, container: redis }
                  - run: { selector: app=cache, container: redis, script: "mv a b", undo: "mv b a" }
                  - deleteObject: { kind: Secret, name: pull }
                  - patch: { kind: ConfigMap, name: web, merge: { data: { MODE: "wrong", OLD: null } } }
                  - deletePods: { selector: app=web }
                  - standard: { id: volume-full, target: deployment/web }
                  - waitFor: { rollout: deployment/web }
                  - waitFor: { unready: app=web, within: 90s }
            """).Faults);
        Assert.Equal("WebDown", fault.Alert);
        Assert.Equal("Crash", fault.Scenarios["other.md"]);
        Assert.Equal(["Scenario 2"], fault.MustNot);
        Assert.Equal(
            [
                new FaultAction.SetImage("deployment/web", "web", "web:2"),
                new FaultAction.Scale("deployment/web", 0),
                new FaultAction.Freeze("app=cache", "redis"),
                new FaultAction.Run("app=cache", "redis", "mv a b", "mv b a"),
                new FaultAction.DeleteObject("Secret", "pull"),
                new FaultAction.Patch("ConfigMap", "web", """{"data":{"MODE":"wrong","OLD":null}}"""),
                new FaultAction.DeletePods("app=web"),
                new FaultAction.OfStandard("volume-full", "deployment/web"),
                new FaultAction.WaitForRollout("deployment/web", TimeSpan.FromSeconds(60)),
                new FaultAction.WaitForUnready("app=web", TimeSpan.FromSeconds(90)),
            ],
            fault.Inject);
    }

    [Theory]
    [InlineData("faults:\n  - id: a\n    summary: b\n    inject:\n      - explode: { what: all }\n", "5:9",
        "unknown action 'explode'")]
    [InlineData("faults:\n  - id: a\n    inject:\n      - deletePods: { selector: x=y }\n", "2:5",
        "a fault needs 'summary'")]
    [InlineData("faults:\n  - id: a\n    summary: b\n    inject:\n      - setImage: { workload: deployment/x }\n",
        "5:19", "missing container, image")]
    [InlineData(
        "faults:\n  - id: a\n    summary: b\n    colour: red\n    inject:\n      - deletePods: { selector: x=y }\n",
        "4:5", "unknown field 'colour'")]
    [InlineData("faults:\n  - id: a\n    summary: b\n    inject:\n      - patch: { kind: Service, name: x }\n",
        "5:16", "patch needs 'merge:'")]
    [InlineData(
        "faults:\n  - id: a\n    summary: b\n    inject:\n      - standard: { id: boom, target: deployment/x }\n",
        "5:19", "there is no standard fault 'boom'")]
    [InlineData("faults: [\n", "2:1", "")]
    [InlineData("other: 1\n", "1:1", "the file must have a list 'faults:'")]
    public void A_mistake_is_reported_with_file_line_and_column(string text, string place, string message)
    {
        var failed = Assert.IsType<FaultCatalogReading.Failed>(new FaultCatalogParser("faults.yaml").Parse(text));
        Assert.Contains(failed.Errors, error =>
            error.StartsWith($"faults.yaml:{place}: ", StringComparison.Ordinal)
                && error.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_faults_of_one_id_are_a_mistake()
    {
        const string Text = """
            faults:
              - { id: a, summary: b, inject: [{ deletePods: { selector: x=y } }] }
              - { id: a, summary: c, inject: [{ deletePods: { selector: x=y } }] }
            """;
        var failed = Assert.IsType<FaultCatalogReading.Failed>(new FaultCatalogParser("faults.yaml").Parse(Text));
        Assert.Contains("'a' is there 2 times", Assert.Single(failed.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lease_comes_back_from_its_file_as_it_was_written()
    {
        var fault = new InjectedFault("f", "ns", "deployment/web")
        {
            InjectedAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            ExpiresAt = new(2026, 1, 2, 4, 4, 5, TimeSpan.Zero),
        };
        var lease = new FaultLease(fault,
        [
            new FaultUndo.Thaw("pod", "c"),
            new FaultUndo.RestoreReplicas("/p", Before: 2, Injected: 0),
            new FaultUndo.RestoreImage("/p", "c", "a:1", "a:2"),
        ]);
        var again = FaultLease.Parse(lease.ToJson())!;
        Assert.Equal(lease.Undo, again.Undo);
        Assert.Equal(lease.Fault, again.Fault);
    }

    private static FaultCatalog Good(string text) =>
        Assert.IsType<FaultCatalogReading.Done>(new FaultCatalogParser("faults.yaml").Parse(text)).Catalog;
}
