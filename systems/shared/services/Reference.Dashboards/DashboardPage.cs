using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reference.Dashboards;

/// <summary>A dashboard as a plain page: each panel's title, query, and what Prometheus answers to it now.</summary>
internal sealed class DashboardPage(HttpClient prometheus)
{
    public async Task<string> RenderAsync(IEnumerable<JsonObject> dashboards, CancellationToken cancellationToken)
    {
        var page = new StringBuilder("<!doctype html><meta charset=utf-8><title>Dashboards</title>");
        foreach (var dashboard in dashboards)
        {
            page.Append($"<h1>{Text(dashboard["title"])}</h1><table>");
            foreach (var panel in (dashboard["panels"] as JsonArray ?? []).OfType<JsonObject>())
            {
                var query = panel["targets"]?[0]?["expr"]?.ToString() ?? "";
                page.Append($"<tr><th>{Text(panel["title"])}<td><code>{WebUtility.HtmlEncode(query)}</code><td>")
                    .Append(WebUtility.HtmlEncode(await AskAsync(query, cancellationToken))).Append("</tr>");
            }

            page.Append("</table>");
        }

        return page.ToString();
    }

    private async Task<string> AskAsync(string query, CancellationToken cancellationToken)
    {
        try
        {
            var path = new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative);
            var answer = JsonNode.Parse(await prometheus.GetStringAsync(path, cancellationToken));
            return string.Join(", ", (answer?["data"]?["result"] as JsonArray ?? [])
                .Select(series => series?["value"]?[1]?.ToString()));
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return $"Prometheus does not answer: {failure.Message}";
        }
    }

    private static string Text(JsonNode? node) => WebUtility.HtmlEncode(node?.ToString() ?? "");
}
