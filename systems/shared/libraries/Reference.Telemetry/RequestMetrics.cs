using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Reference.Telemetry;

/// <summary>Counts and times every request, by route, so that an id in a path makes no new series.</summary>
/// <param name="time">The clock of the durations.</param>
public sealed class RequestMetrics(TimeProvider time)
{
    private readonly Metric _total = new(
        MetricKind.Counter, "http_requests_total", "Requests answered.", "method", "handler", "status");

    private readonly Metric _running = new(
        MetricKind.Gauge, "http_requests_in_progress", "Requests being answered.", "method", "handler");

    private readonly Histogram _duration = new(
        "http_request_duration_seconds", "Time to the end of the answer.", Histogram.Seconds, "method", "handler");

    /// <summary>Gets the three metrics, for <see cref="MetricsPage"/>.</summary>
    public ImmutableArray<IMetric> All => [_total, _running, _duration];

    /// <summary>Measures every request that comes after this call in the pipeline.</summary>
    public void AddTo(WebApplication app) => app.Use(MeasureAsync);

    private async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        var handler = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        var start = time.GetTimestamp();
        var status = StatusCodes.Status500InternalServerError; // what a handler that throws is answered with
        _running.Add(1, method, handler);
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            _running.Add(-1, method, handler);
            _total.Add(1, method, handler, status.ToString(CultureInfo.InvariantCulture));
            _duration.Observe(time.GetElapsedTime(start).TotalSeconds, method, handler);
        }
    }
}
