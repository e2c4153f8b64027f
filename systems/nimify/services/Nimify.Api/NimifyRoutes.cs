using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Nimify.Predictions;
using Reference.Database;

namespace Nimify.Api;

/// <summary>The API that clients see.</summary>
internal sealed class NimifyRoutes(
    NimifySettings settings, Predictor predictor, PredictionStore store, Dependencies dependencies, TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();

    public void MapTo(WebApplication app)
    {
        app.MapGet("/health", context => AnswerAsync(context, 200, new JsonObject
        {
            // Degraded is still 200: the process is well, and who probes it must not restart it for Triton's sake.
            ["status"] = dependencies.ModelLoaded ? "healthy" : "degraded",
            ["model_loaded"] = dependencies.ModelLoaded,
            ["version"] = Environment.GetEnvironmentVariable("RELEASE") ?? "dev",
            ["uptime_seconds"] = Math.Round((time.GetUtcNow() - _start).TotalSeconds, 1),
        }));
        app.MapGet("/ready", context => dependencies.Prepared
            ? AnswerAsync(context, 200, new JsonObject { ["status"] = "ready" })
            : AnswerAsync(context, 503, new JsonObject { ["status"] = "waiting for PostgreSQL" }));
        app.MapGet("/v1/models", context => AnswerAsync(context, 200, new JsonObject
        {
            ["models"] = new JsonArray(Model()),
        }));
        app.MapGet("/v1/models/{name}", context =>
            (string?)context.Request.RouteValues["name"] == settings.ModelName
                ? AnswerAsync(context, 200, Model())
                : AnswerAsync(context, 404, new JsonObject { ["detail"] = "there is no such model" }));
        app.MapPost("/v1/predict", PredictAsync);
        app.MapPost("/v1/batch", QueueAsync);
        app.MapGet("/v1/batch/{id:guid}", FindAsync);
    }

    private JsonObject Model() => new()
    {
        ["name"] = settings.ModelName, ["state"] = dependencies.ModelLoaded ? "loaded" : "unavailable",
    };

    private async Task PredictAsync(HttpContext context)
    {
        var (status, body) = await predictor.PredictAsync(
            await BodyAsync(context), Guid.CreateVersion7(), context.RequestAborted);
        if (body["detail"] is JsonObject detail && detail["retry_after"] is { } seconds)
        {
            context.Response.Headers.RetryAfter = ((int)seconds).ToString(CultureInfo.InvariantCulture);
        }

        await AnswerAsync(context, status, body);
    }

    private Task QueueAsync(HttpContext context) => WithDatabaseAsync(context, async () =>
    {
        var body = await BodyAsync(context);
        var (rows, problem) = PredictionInput.Parse(body);
        if (problem is not null)
        {
            return (422, new JsonObject { ["detail"] = problem });
        }

        var id = Guid.CreateVersion7();
        var input = JsonNode.Parse(body)!["input"]!;
        await store.QueueAsync(id, settings.ModelName,
            new JsonObject { ["input"] = input.DeepClone() }.ToJsonString(), context.RequestAborted);
        return (202, new JsonObject { ["id"] = id.ToString(), ["state"] = "queued", ["rows"] = rows.Length });
    });

    private Task FindAsync(HttpContext context) => WithDatabaseAsync(context, async () =>
    {
        var id = Guid.Parse((string)context.Request.RouteValues["id"]!);
        return await store.FindAsync(id, context.RequestAborted) is not { } batch
            ? (404, new JsonObject { ["detail"] = "there is no such batch" })
            : (200, new JsonObject
            {
                ["id"] = id.ToString(),
                ["state"] = batch.State,
                ["predictions"] = batch.Output is { } output ? JsonNode.Parse(output) : null,
                ["error"] = batch.Error,
            });
    });

    private static async Task WithDatabaseAsync(HttpContext context, Func<Task<(int, JsonObject)>> action)
    {
        int status;
        JsonObject body;
        try
        {
            (status, body) = await action();
        }
        catch (Exception failure) when (DatabaseOutage.Is(failure))
        {
            (status, body) = (503, new JsonObject
            {
                ["detail"] = new JsonObject { ["error"] = DatabaseOutage.Describe(failure) },
            });
        }

        await AnswerAsync(context, status, body);
    }

    private static async Task<string> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    private static Task AnswerAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
