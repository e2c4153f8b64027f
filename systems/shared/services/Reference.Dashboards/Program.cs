using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Reference.Dashboards;
using Reference.Web;

return await ServiceHost.RunAsync("dashboards", Prometheus, async (prometheus, service) =>
{
    var folder = new DashboardFolder(Variables.Process.Find("MIDWATCH_ROOT")
        + (Variables.Process.Find("DASHBOARDS") ?? "/var/lib/grafana/dashboards"));
    using var http = new HttpClient { BaseAddress = prometheus, Timeout = TimeSpan.FromSeconds(5) };
    var page = new DashboardPage(http);
    var app = service.App;

    // The paths that Grafana's clients and probes know.
    app.MapGet("/api/health", () => Json(new JsonObject { ["database"] = "ok", ["version"] = "10.2.0" }));
    app.MapGet("/api/search", () => Json(new JsonArray([.. folder.All.Select(dashboard => (JsonNode)new JsonObject
    {
        ["uid"] = dashboard["uid"]!.ToString(), ["title"] = dashboard["title"]?.ToString(), ["type"] = "dash-db",
    })])));
    app.MapGet("/api/dashboards/uid/{uid}", (string uid) =>
        folder.All.FirstOrDefault(dashboard => dashboard["uid"]!.ToString() == uid) is { } found
            ? Json(new JsonObject { ["dashboard"] = found.DeepClone() }) : Results.NotFound());
    app.MapGet("/", async (HttpContext context) =>
        Results.Content(await page.RenderAsync(folder.All, context.RequestAborted), "text/html; charset=utf-8"));
    await service.RunAsync();
});

static Uri Prometheus() => Variables.Process.Find("PROMETHEUS_URL") is null
    ? new Uri("http://prometheus:9090") : Variables.Process.Address("PROMETHEUS_URL");

static IResult Json(JsonNode node) => Results.Content(node.ToJsonString(), "application/json");
