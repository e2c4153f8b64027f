using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reference.Telemetry;

namespace Iris.Gateway;

/// <summary>Times every request, under the names that Spring Boot's Micrometer gives it.</summary>
internal sealed class ServerRequests(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly Metric _uptime = new(MetricKind.Gauge, "process_uptime_seconds", "Time since the start.");
    private readonly Histogram _requests = new("http_server_requests_seconds",
        "Time to the end of the answer.", Histogram.Seconds, "method", "uri", "status", "outcome");

    public ImmutableArray<IMetric> All => [_requests, _uptime];

    /// <summary>Brings up to date what is only known when asked.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken)
    {
        _uptime.Set(Math.Round(time.GetElapsedTime(_start).TotalSeconds, 3));
        return Task.CompletedTask;
    }

    /// <summary>Measures every request that comes after this call in the pipeline.</summary>
    public void AddTo(WebApplication app) => app.Use(MeasureAsync);

    private async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        var uri = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "UNKNOWN";
        var start = time.GetTimestamp();
        var status = StatusCodes.Status500InternalServerError; // what a handler that throws is answered with
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            _requests.Observe(time.GetElapsedTime(start).TotalSeconds, context.Request.Method, uri,
                status.ToString(CultureInfo.InvariantCulture), Outcome(status));
        }
    }

    private static string Outcome(int status) => status switch
    {
        < 200 => "INFORMATIONAL",
        < 300 => "SUCCESS",
        < 400 => "REDIRECTION",
        < 500 => "CLIENT_ERROR",
        _ => "SERVER_ERROR",
    };
}
