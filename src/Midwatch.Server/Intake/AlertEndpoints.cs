using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Midwatch.Engine;
using Midwatch.Incidents.Journal;

namespace Midwatch.Server.Intake;

/// <summary>The part of Alertmanager's API v2 that senders need, and its probes.</summary>
internal sealed class AlertEndpoints(IntakeOptions options, IAlertAcceptor engine)
{
    private readonly DateTimeOffset _started = options.Time.GetUtcNow();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v2/alerts", PostAlertsAsync);
        routes.MapGet("/api/v2/status", (HttpContext context) => WriteAsync(context, 200, Status()));
        routes.MapGet("/-/ready", (HttpContext context) => context.Response.WriteAsync("OK", context.RequestAborted));
        routes.MapGet("/-/healthy", (HttpContext context) => context.Response.WriteAsync("OK", context.RequestAborted));
    }

    private async Task PostAlertsAsync(HttpContext context)
    {
        var (body, tooLong) = await ReadBodyAsync(context);
        if (tooLong)
        {
            await WriteAsync(context, 413, Text($"The body is longer than {options.BodyBytesMost} bytes."));
            return;
        }

        var reading = AlertReader.Read(body, options.Time.GetUtcNow());
        if (!reading.Alerts.IsEmpty && await AcceptAsync(context, reading) is { } failure)
        {
            // Not durable, so not accepted: 5xx makes the sender try again.
            await WriteAsync(context, 503, Text(failure));
            return;
        }

        // As Alertmanager does: the good ones are taken, and the answer tells of the others.
        if (reading.Problems.IsEmpty)
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
        }
        else
        {
            await WriteAsync(context, 400, Text(string.Join("; ", reading.Problems)));
        }
    }

    private async Task<string?> AcceptAsync(HttpContext context, AlertReading reading)
    {
        try
        {
            await engine.AcceptAsync(reading.Alerts, context.RequestAborted);
            return null;
        }
        catch (StoreFailedException problem)
        {
            return $"{problem.Message} {problem.Remedy}";
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return "Midwatch is stopping.";
        }
    }

    private async Task<(ReadOnlyMemory<byte> Body, bool TooLong)> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > options.BodyBytesMost)
        {
            return (default, true);
        }

        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException problem) when (problem.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (default, true);
        }

        return (body.ToArray(), false);
    }

    private JsonObject Status() => new()
    {
        ["cluster"] = new JsonObject { ["status"] = "disabled", ["peers"] = new JsonArray() },
        ["versionInfo"] = new JsonObject
        {
            ["version"] = $"midwatch {options.Version}",
            ["branch"] = string.Empty,
            ["buildDate"] = string.Empty,
            ["buildUser"] = string.Empty,
            ["goVersion"] = string.Empty,
            ["revision"] = string.Empty,
        },
        ["config"] = new JsonObject { ["original"] = string.Empty },
        ["uptime"] = _started.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
    };

    // Alertmanager answers with a JSON string.
    private static JsonValue Text(string sentence) => JsonValue.Create(sentence);

    private static async Task WriteAsync(HttpContext context, int status, JsonNode answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
