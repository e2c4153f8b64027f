using System.Text.Json.Nodes;
using Iris.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Iris.Gateway;

/// <summary>The API that clients see.</summary>
internal sealed partial class GatewayRoutes(InferenceClient inference, ApiKey key, ILogger log)
{
    public void MapTo(WebApplication app)
    {
        app.MapGet("/health/live", context => AnswerAsync(context, 200, new JsonObject { ["status"] = "alive" }));
        app.MapGet("/health/ready", ReadyAsync);
        app.MapGet("/health", ReadyAsync);
        app.MapGet("/actuator/health", context => AnswerAsync(context, 200, new JsonObject { ["status"] = "UP" }));
        app.MapPost("/predict", PredictAsync);
    }

    // The gateway can do nothing by itself: it is as ready as the inference service.
    private async Task ReadyAsync(HttpContext context)
    {
        switch (await inference.ReadyAsync(context.RequestAborted))
        {
            case InferenceAnswer.Said { Status: var status, Body: var body }:
                var told = body["detail"] as JsonObject ?? body;
                await AnswerAsync(context, status == 200 ? 200 : 503, Health(told, told["error"]?.ToString()));
                break;
            case InferenceAnswer.Silent { Reason: var reason }:
                await AnswerAsync(context, 503, Health([], $"inference-service: {reason}"));
                break;
        }
    }

    private static JsonObject Health(JsonObject told, string? error) => new()
    {
        ["status"] = error is null ? "ready" : "not_ready",
        ["ready"] = error is null,
        ["modelLoaded"] = told["model_loaded"]?.DeepClone() ?? false,
        ["modelVersion"] = told["model_version"]?.DeepClone(),
        ["modelPath"] = told["model_path"]?.DeepClone(),
        ["loadedAt"] = told["loaded_at"]?.DeepClone(),
        ["error"] = error,
    };

    private async Task PredictAsync(HttpContext context)
    {
        try
        {
            if (!await key.AcceptsAsync(context.Request.Headers["X-API-Key"], context.RequestAborted))
            {
                await RefuseAsync(context, 401, "X-API-Key is missing or wrong");
                return;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogFailure(log, failure.Message);
            await RefuseAsync(context, 503, "the API key cannot be read");
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var (flower, problem) = Measurement.Parse(await reader.ReadToEndAsync(context.RequestAborted));
        if (flower is null)
        {
            await RefuseAsync(context, 400, problem!);
            return;
        }

        switch (await inference.PredictAsync(flower.ToJson(), context.RequestAborted))
        {
            case InferenceAnswer.Said { Status: 200, Body: var body }:
                await AnswerAsync(context, 200, body);
                break;
            case InferenceAnswer.Said { Body: var body }:
                await UnavailableAsync(context, body["detail"]?.ToString() ?? "no reason");
                break;
            case InferenceAnswer.Silent { Reason: var reason }:
                await UnavailableAsync(context, reason);
                break;
        }
    }

    private Task UnavailableAsync(HttpContext context, string reason)
    {
        LogFailure(log, $"inference-service: {reason}");
        return RefuseAsync(context, 503, $"inference-service: {reason}");
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason) =>
        AnswerAsync(context, status, new JsonObject { ["status"] = status, ["error"] = reason });

    private static Task AnswerAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "ERROR Prediction failed: {Reason}")]
    private static partial void LogFailure(ILogger log, string reason);
}
