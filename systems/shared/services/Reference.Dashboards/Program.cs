using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Reference.Dashboards;
using Reference.Telemetry;

var folder = new DashboardFolder(Environment.GetEnvironmentVariable("MIDWATCH_ROOT")
    + (Environment.GetEnvironmentVariable("DASHBOARDS") ?? "/var/lib/grafana/dashboards"));
var address = Environment.GetEnvironmentVariable("PROMETHEUS_URL") ?? "http://prometheus:9090";
if (!Uri.TryCreate(address, UriKind.Absolute, out var prometheus))
{
    await Console.Error.WriteLineAsync($"PROMETHEUS_URL: '{address}' is no address such as http://prometheus:9090");
    return 1;
}

var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
await using var app = builder.Build();
using var http = new HttpClient { BaseAddress = prometheus, Timeout = TimeSpan.FromSeconds(5) };
var page = new DashboardPage(http);

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
await app.RunAsync();
return 0;

static IResult Json(JsonNode node) => Results.Content(node.ToJsonString(), "application/json");
