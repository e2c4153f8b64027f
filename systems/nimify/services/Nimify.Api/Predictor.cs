using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Nimify.Predictions;
using Reference.Database;
using Reference.Resilience;

namespace Nimify.Api;

/// <summary>Makes one prediction: cache, circuit, Triton, record.</summary>
internal sealed partial class Predictor(
    NimifySettings settings, TritonClient triton, PredictionStore store, ResponseCache cache, CircuitBreaker circuit,
    ILogger log)
{
    /// <summary>Answers with status and body.</summary>
    public async Task<(int Status, JsonObject Body)> PredictAsync(
        string body, Guid request, CancellationToken cancellationToken)
    {
        var (rows, problem) = PredictionInput.Parse(body);
        if (problem is not null)
        {
            return (422, new JsonObject { ["detail"] = problem });
        }

        var (predictions, failure) = await AskAsync(rows, request, cancellationToken);
        return failure ?? await RecordAsync(predictions!, rows.Length, request, cancellationToken);
    }

    private async Task<(JsonArray? Predictions, (int, JsonObject)? Failure)> AskAsync(
        ImmutableArray<ImmutableArray<double>> rows, Guid request, CancellationToken cancellationToken)
    {
        var question = Json(rows).ToJsonString();
        if (cache.Find(settings.ModelName, question) is { } stored && JsonNode.Parse(stored) is JsonArray known)
        {
            return (known, null);
        }

        if (circuit.Refuses() is { } wait)
        {
            return (null, Unavailable(
                request, "triton failed several times in a row, the circuit is open", wait));
        }

        var answer = await triton.InferAsync(settings.ModelName, rows, cancellationToken);
        circuit.Report(worked: answer is not TritonAnswer.Unavailable);
        switch (answer)
        {
            case TritonAnswer.Predicted { Rows: var outputs }:
                cache.Store(settings.ModelName, question, Json(outputs).ToJsonString());
                return (Json(outputs), null);
            case TritonAnswer.Refused { Reason: var reason }:
                return (null, (422, new JsonObject { ["detail"] = reason }));
            case TritonAnswer.Unavailable { Reason: var reason }:
                LogFailed(log, request, $"triton: {reason}");
                return (null, Unavailable(request, reason, wait: null));
            default:
                throw new InvalidOperationException($"{answer} is no answer of Triton.");
        }
    }

    // Every prediction is accounted for: one that cannot be recorded is not given out.
    private async Task<(int Status, JsonObject Body)> RecordAsync(
        JsonArray predictions, int rows, Guid request, CancellationToken cancellationToken)
    {
        try
        {
            await store.RecordAsync(request, settings.ModelName, rows, cancellationToken);
            return (200, new JsonObject
            {
                ["predictions"] = predictions, ["model"] = settings.ModelName, ["request_id"] = request.ToString(),
            });
        }
        catch (Exception failure) when (DatabaseOutage.Is(failure))
        {
            var reason = DatabaseOutage.Describe(failure);
            LogFailed(log, request, $"postgres: {reason}");
            return Unavailable(request, $"the prediction could not be recorded: {reason}", wait: null);
        }
    }

    private static (int, JsonObject) Unavailable(Guid request, string error, TimeSpan? wait)
    {
        var detail = new JsonObject { ["error"] = error, ["request_id"] = request.ToString() };
        if (wait is { } left)
        {
            detail["retry_after"] = (int)Math.Ceiling(left.TotalSeconds);
        }

        return (503, new JsonObject { ["detail"] = detail });
    }

    private static JsonArray Json(ImmutableArray<ImmutableArray<double>> rows) =>
        [.. rows.Select(row => (JsonNode)new JsonArray([.. row.Select(value => (JsonNode)value)]))];

    [LoggerMessage(EventId = 30, Level = LogLevel.Error, Message = "Prediction {Request} failed: {Reason}")]
    private static partial void LogFailed(ILogger log, Guid request, string reason);
}
