using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Mlops.Model;
using Reference.Telemetry;

namespace Mlops.ChurnApi;

/// <summary>The API that clients see.</summary>
internal sealed partial class ChurnRoutes(ModelHolder models, TimeProvider time, ILogger log)
{
    private readonly Metric _predictions = new(
        MetricKind.Counter, "churn_predictions_total", "Predictions.", "prediction_result");

    private readonly Histogram _duration = new(
        "churn_prediction_duration_seconds", "Time of the model alone.", Histogram.Seconds);

    public ImmutableArray<IMetric> Metrics => [_predictions, _duration];

    public void MapTo(WebApplication app)
    {
        app.MapGet("/", context => AnswerAsync(context, 200, new JsonObject
        {
            ["message"] = "Customer churn prediction", ["health"] = "/health",
        }));
        // Always 200: who probes the process must not restart it because a model is missing.
        app.MapGet("/health", context => AnswerAsync(context, 200, new JsonObject
        {
            ["status"] = models.Current is null ? "unhealthy" : "healthy",
            ["model_loaded"] = models.Current is not null,
            ["version"] = Environment.GetEnvironmentVariable("RELEASE") ?? "dev",
            ["ab_testing_enabled"] = false,
            ["feature_store_available"] = false,
        }));
        app.MapPost("/api/v1/predict", PredictAsync);
    }

    private async Task PredictAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var (customer, problem) = Customer.Parse(await reader.ReadToEndAsync(context.RequestAborted));
        if (customer is null)
        {
            await AnswerAsync(context, 422, new JsonObject { ["detail"] = problem });
            return;
        }

        if (models.Current is not { } loaded)
        {
            LogNoModel(log);
            await AnswerAsync(context, 503, new JsonObject { ["detail"] = "Model not loaded" });
            return;
        }

        var start = time.GetTimestamp();
        var probability = loaded.Model.Probability(customer);
        var took = time.GetElapsedTime(start);
        _duration.Observe(took.TotalSeconds);
        _predictions.Add(1, probability >= 0.5 ? "churn" : "no_churn");
        LogPrediction(log, loaded.Version, took.TotalMilliseconds);
        await AnswerAsync(context, 200, new JsonObject
        {
            ["prediction"] = probability >= 0.5 ? 1 : 0,
            ["probability"] = Math.Round(probability, 4),
            ["model_variant"] = loaded.Variant,
            ["model_version"] = loaded.Version,
        });
    }

    private static Task AnswerAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Information,
        Message = "Prediction by model {Version}, duration {Milliseconds:0.000} ms")]
    private static partial void LogPrediction(ILogger log, string version, double milliseconds);

    [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "Prediction failed: Model not loaded")]
    private static partial void LogNoModel(ILogger log);
}
