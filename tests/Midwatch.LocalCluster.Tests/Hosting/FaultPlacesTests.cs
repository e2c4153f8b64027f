using System.Collections.Immutable;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Faults;

namespace Midwatch.LocalCluster.Tests.Hosting;

/// <summary>One fault in several places of a cluster, and several faults in one place.</summary>
public sealed class FaultPlacesTests(LiveCluster live)
{
    private const string OwnFaults = """
        faults:
          - id: bad-tag
            summary: The system's own of that name.
            inject: [scale: { workload: deployment/app, replicas: 1 }]
          - id: loud
            summary: It tells everything.
            inject: [patch: { kind: ConfigMap, name: settings, merge: { data: { level: debug } } }]
          - id: loud-too
            summary: The same by another name.
            inject: [patch: { kind: ConfigMap, name: settings, merge: { data: { level: debug } } }]
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_fault_in_two_namespaces_is_two_leases()
    {
        using var first = await SystemAsync("twice-a");
        using var second = await SystemAsync("twice-b");
        Assert.Equal(new FaultOutcome.Done("bad-tag"), await BreakAsync(first, "deployment/app"));
        Assert.Equal(new FaultOutcome.Done("bad-tag"), await BreakAsync(second, "app"));
        Assert.Equal(new FaultOutcome.Done("bad-tag"), await first.InjectAsync("bad-tag", Stop));
        Assert.Equal(
            ["deployment/app in namespace twice-a", "deployment/app in namespace twice-b", "namespace twice-a"],
            first.Active.Where(IsOurs).Select(fault => fault.Place));

        var again = Assert.IsType<FaultOutcome.Failed>(await BreakAsync(first, "app"));
        Assert.True(again.IsRunning);
        Assert.Contains("'cluster fault revert bad-tag --target deployment/app --namespace twice-a'", again.Reason,
            StringComparison.Ordinal);

        Assert.Equal(new FaultOutcome.Done("bad-tag"),
            await second.RevertAsync(new("bad-tag") { Namespace = "twice-b" }, Stop));
        Assert.Equal(["twice-a", "twice-a"], first.Active.Where(IsOurs).Select(fault => fault.Namespace));
        Assert.Equal(new FaultOutcome.Done("bad-tag"),
            await first.RevertAsync(new("bad-tag") { Namespace = "twice-a", Target = "app" }, Stop));
        Assert.Equal(new FaultOutcome.Done("bad-tag"),
            await first.RevertAsync(new("bad-tag") { Namespace = "twice-a" }, Stop));
        Assert.DoesNotContain(first.Active, IsOurs);
        foreach (var ns in new[] { "twice-a", "twice-b" })
        {
            _ = await live.UntilAsync($"/apis/apps/v1/namespaces/{ns}/deployments", all => all.Single() is var app
                && app.Count("spec", "replicas") == 2
                && app.ToJsonString().Contains("test/app:good\"", StringComparison.Ordinal));
        }

        static bool IsOurs(InjectedFault fault) => fault.Namespace.StartsWith("twice-", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_may_mean_several_or_none_is_refused_with_the_choices()
    {
        using var first = await SystemAsync("which-a");
        using var second = await SystemAsync("which-b");
        Assert.Equal(new FaultOutcome.Done("loud"), await first.InjectAsync("loud", Stop));
        Assert.Equal(new FaultOutcome.Done("loud"), await second.InjectAsync("loud", Stop));
        Assert.Contains("injected in 2 places; say which: --namespace which-a, or --namespace which-b.",
            await ReasonAsync(new("loud")), StringComparison.Ordinal);
        Assert.Contains("is not injected there, but into namespace which-a, namespace which-b.",
            await ReasonAsync(new("loud") { Namespace = "nowhere" }), StringComparison.Ordinal);
        Assert.Contains("is not injected there", await ReasonAsync(new("loud") { Target = "../loud" }),
            StringComparison.Ordinal);
        Assert.Contains("'../loud' is not injected; injected are: ", await ReasonAsync(new("../loud")),
            StringComparison.Ordinal);
        Assert.Equal(new FaultOutcome.Done("loud"),
            await first.RevertAsync(new("loud") { Namespace = "which-a" }, Stop));
        Assert.Equal(new FaultOutcome.Done("loud"), await first.RevertAsync(new("loud"), Stop));

        async Task<string> ReasonAsync(FaultChoice choice) =>
            Assert.IsType<FaultOutcome.Failed>(await first.RevertAsync(choice, Stop)).Reason;
    }

    [Fact]
    public async Task Faults_over_the_same_thing_leave_it_well_in_whatever_order_they_are_taken_back()
    {
        using var injector = await SystemAsync("overlap");
        Assert.Equal(new FaultOutcome.Done("loud"), await injector.InjectAsync("loud", Stop));
        Assert.Equal(new FaultOutcome.Done("loud-too"), await injector.InjectAsync("loud-too", Stop));
        Assert.Equal(new FaultOutcome.Done("made"), await injector.InjectAsync("made", Stop));
        Assert.Contains("configmaps/more is there already",
            Assert.IsType<FaultOutcome.Failed>(await injector.InjectAsync("made-too", Stop)).Reason,
            StringComparison.Ordinal);
        Assert.Equal(new FaultOutcome.Done("made-too"), await injector.RevertAsync(new("made-too"), Stop));
        Assert.NotNull(await MapAsync("more"));
        foreach (var id in new[] { "loud", "loud-too", "made" })
        {
            Assert.Equal(new FaultOutcome.Done(id), await injector.RevertAsync(new(id), Stop));
        }

        Assert.Equal("info", await MapAsync("settings"));
        Assert.Null(await MapAsync("more"));

        async Task<string?> MapAsync(string name) =>
            (await live.Api.GetAsync($"/api/v1/namespaces/overlap/configmaps/{name}", Stop)) is { IsSuccess: true } map
                ? map.Body.Text("data", "level") ?? "" : null;
    }

    private static Fault Making(string id) =>
        new(id, "An object more.", null, ImmutableDictionary<string, string>.Empty, [], null,
            [new FaultAction.Create("v1", "ConfigMap", """{ "metadata": { "name": "more" } }""")]);

    private static Task<FaultOutcome> BreakAsync(FaultInjector injector, string target) =>
        injector.InjectStandardAsync("bad-tag", target, TimeSpan.FromMinutes(5), Stop);

    private async Task<FaultInjector> SystemAsync(string ns)
    {
        await live.ApplyAsync(LiveManifests.App + """

            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: ${NS}}
            data: {level: info}
            """, ns);
        var read =
            Assert.IsType<FaultCatalogReading.Done>(new FaultCatalogParser("faults.yaml").Parse(OwnFaults)).Catalog;
        return new(read with { Faults = [.. read.Faults, Making("made"), Making("made-too")] }, ns,
            live.DataDirectory, TimeProvider.System, _ => { });
    }
}
