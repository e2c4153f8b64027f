using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Midwatch.Systems.Tests.Running;

namespace Midwatch.Systems.Tests;

/// <summary>The dashboards of every system: what Grafana needs of them, and queries that can be asked.</summary>
public sealed partial class DashboardTests
{
    public static TheoryData<string> Systems() => [.. ReferenceSystems.Names];

    [Theory, MemberData(nameof(Systems))]
    public async Task Every_panel_asks_something_that_Prometheus_understands(string system)
    {
        Repository.Needs("promtool");
        var queries = Dashboards(system).SelectMany(Queries).ToImmutableArray();
        Assert.NotEmpty(queries);
        var folder = Directory.CreateTempSubdirectory("midwatch-dashboards");
        try
        {
            // As rules that record: promtool reads queries in no other form.
            var rules = new JsonObject
            {
                ["groups"] = new JsonArray(new JsonObject
                {
                    ["name"] = "panels",
                    ["rules"] = new JsonArray([.. queries.Select((query, index) => (JsonNode)new JsonObject
                    {
                        ["record"] = $"panel{index}", ["expr"] = Interval().Replace(query, "5m"),
                    })]),
                }),
            };
            var file = Path.Combine(folder.FullName, "panels.yaml");
            await File.WriteAllTextAsync(file, rules.ToJsonString(), TestContext.Current.CancellationToken);
            await Promtool.PassesAsync(["check", "rules", file]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory, MemberData(nameof(Systems))]
    public void Every_dashboard_has_what_Grafana_knows_it_by_and_panels_of_its_own(string system)
    {
        var dashboards = Dashboards(system);
        Assert.NotEmpty(dashboards);
        Assert.Equal(dashboards.Length, dashboards.Select(one => one["uid"]!.ToString()).Distinct().Count());
        Assert.All(dashboards, dashboard =>
        {
            Assert.NotEmpty(dashboard["title"]!.ToString());
            var panels = dashboard["panels"]!.AsArray();
            Assert.NotEmpty(panels);
            Assert.Equal(panels.Count, panels.Select(panel => (int)panel!["id"]!).Distinct().Count());
        });
    }

    private static ImmutableArray<JsonNode> Dashboards(string system) =>
    [
        .. Directory.EnumerateFiles(ReferenceSystems.Folder(system, "dashboards"), "*.json")
            .Select(file => JsonNode.Parse(File.ReadAllText(file))!),
    ];

    private static IEnumerable<string> Queries(JsonNode dashboard) => dashboard["panels"]!.AsArray()
        .SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => target!["expr"]!.ToString());

    [GeneratedRegex(@"\$__(rate_)?interval")]
    private static partial Regex Interval();
}
