using System.Text.Json.Nodes;
using Iris.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Iris.Inference;

/// <summary>What the gateway asks.</summary>
internal sealed partial class InferenceRoutes(ServedModel served, TimeProvider time, ILogger log)
{
    public void MapTo(WebApplication app)
    {
        app.MapGet("/", context => AnswerAsync(context, 200, new JsonObject
        {
            ["service"] = "inference-service", ["model_version"] = served.Version,
        }));
        app.MapGet("/health/live", context => AnswerAsync(context, 200, new JsonObject { ["status"] = "alive" }));
        app.MapGet("/health/ready", ReadyAsync);
        app.MapGet("/health", ReadyAsync);
        app.MapPost("/predict", PredictAsync);
    }

    private Task ReadyAsync(HttpContext context) => served.Model is not null
        ? AnswerAsync(context, 200, served.ToJson())
        : AnswerAsync(context, 503, new JsonObject { ["detail"] = served.ToJson() });

    private async Task PredictAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var (flower, problem) = Measurement.Parse(await reader.ReadToEndAsync(context.RequestAborted));
        if (flower is null)
        {
            await AnswerAsync(context, 422, new JsonObject { ["detail"] = problem });
            return;
        }

        if (served.Model is not { } model)
        {
            LogNoModel(log, served.Error ?? "no model");
            await AnswerAsync(context, 503, new JsonObject { ["detail"] = served.Error });
            return;
        }

        var probabilities = model.Probabilities(flower);
        var best = probabilities.IndexOf(probabilities.Max());
        await AnswerAsync(context, 200, new JsonObject
        {
            ["predicted_class_id"] = best,
            ["predicted_class_name"] = model.Classes[best].Name,
            ["probabilities"] = new JsonArray([.. probabilities.Select(one => (JsonNode)Math.Round(one, 6))]),
            ["model_version"] = served.Version,
            ["timestamp"] = time.GetUtcNow().UtcDateTime.ToString("O"),
        });
    }

    private static Task AnswerAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "ERROR Prediction failed: {Reason}")]
    private static partial void LogNoModel(ILogger log, string reason);
}
