using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Reference.Resilience;
using Reference.Telemetry;
using Reference.Web;

namespace PyAirtable.Gateway;

/// <summary>
/// How the gateway is (<c>/health</c>: it looks at nothing behind it), and how the services behind it are
/// (<c>/api/status</c>, which anybody may ask: it names services and tells nothing of anybody).
/// </summary>
internal sealed class StatusRoutes(ImmutableArray<Backend> services, string release, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly Metric _circuits = new(MetricKind.Gauge,
        "gateway_circuit_state", "0 closed, 1 half open, 2 open.", "service");

    public ImmutableArray<IMetric> Metrics => [_circuits];

    public void MapTo(WebApplication app)
    {
        app.MapGet("/health", context => context.AnswerAsync(200, new JsonObject
        {
            ["status"] = "healthy",
            ["service"] = "PyAirtable API Gateway",
            ["version"] = release,
            ["timestamp"] = time.GetUtcNow().ToString("O"),
            ["uptime"] = Math.Round(time.GetElapsedTime(_started).TotalSeconds, 1),
        }));
        app.MapGet("/api/status", StatusAsync);
    }

    /// <summary>Reads the circuits, for who scrapes them.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var service in services)
        {
            _circuits.Set((int)service.Circuit, service.Name);
        }

        return Task.CompletedTask;
    }

    private async Task StatusAsync(HttpContext context)
    {
        var looks = await Task.WhenAll(services.Select(service => LookAsync(service, context.RequestAborted)));
        var fine = looks.All(look => look.Fine);
        await context.AnswerAsync(fine ? 200 : 503, new JsonObject
        {
            ["status"] = fine ? "operational" : "degraded",
            ["services"] = new JsonObject(looks.Select(look => KeyValuePair.Create(look.Name, look.Tell))),
        });
    }

    private static async Task<(string Name, bool Fine, JsonNode? Tell)> LookAsync(
        Backend service, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/health", UriKind.Relative));
        var answer = await service.SendAsync(request, cancellationToken);
        var (fine, said) = answer switch
        {
            BackendAnswer.Answered { Response: var response } => (response.IsSuccessStatusCode,
                response.IsSuccessStatusCode ? "healthy" : $"it answers {(int)response.StatusCode}"),
            BackendAnswer.Refused { Reason: var reason } => (false, reason),
            _ => throw new InvalidOperationException("A service answers or refuses."),
        };
        (answer as BackendAnswer.Answered)?.Response.Dispose();
        var circuit = service.Circuit switch
        {
            CircuitState.Open => "open", CircuitState.HalfOpen => "half-open", _ => "closed",
        };
        return (service.Name, fine, new JsonObject { ["status"] = said, ["circuit"] = circuit });
    }
}
