using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Reference.Telemetry;

/// <summary>The endpoint that Prometheus scrapes.</summary>
public static class MetricsPage
{
    /// <summary>Serves the metrics.</summary>
    /// <param name="app">The service.</param>
    /// <param name="refresh">Run before each answer, to read what is only known when asked; null for none.</param>
    /// <param name="metrics">What is shown, in this order.</param>
    /// <param name="path">Where they are asked for.</param>
    public static void MapMetrics(
        this WebApplication app, Func<CancellationToken, Task>? refresh, ImmutableArray<IMetric> metrics,
        string path = "/metrics") =>
        app.MapGet(path, async context =>
        {
            if (refresh is not null)
            {
                await refresh(context.RequestAborted);
            }

            var text = new StringBuilder();
            foreach (var metric in metrics)
            {
                metric.WriteTo(text);
            }

            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
        });
}
