using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SentinelTranslate.Triton.Models;

namespace SentinelTranslate.Triton.Inference;

/// <summary>The inference protocol v2 over HTTP, as far as this system uses it: health, readiness, infer.</summary>
internal sealed class InferenceApi(ModelRepository models, InferenceMetrics metrics, TimeProvider time)
{
    public void MapTo(WebApplication app)
    {
        app.MapGet("/v2/health/live", Empty);
        app.MapGet("/v2/health/ready", Empty);
        app.MapGet("/v2/models/{model}/ready", context => models.Find(Model(context)) is null
            ? RefuseAsync(context, StatusCodes.Status404NotFound, $"Model '{Model(context)}' is not found")
            : Empty(context));
        app.MapPost("/v2/models/{model}/infer", InferAsync);
    }

    private async Task InferAsync(HttpContext context)
    {
        var name = Model(context);
        if (models.Find(name) is not { } model)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"Model '{name}' is not found");
            return;
        }

        var start = time.GetTimestamp();
        var texts = await InputsAsync(context);
        JsonNode?[] translations = [.. (texts ?? []).Select(text => JsonValue.Create(model.Translate(text)))];
        metrics.Count(name, texts is not null, time.GetElapsedTime(start));
        if (texts is null)
        {
            const string Expected = "Expected one input INPUT_TEXT of datatype BYTES with its texts in 'data'";
            await RefuseAsync(context, StatusCodes.Status400BadRequest, Expected);
            return;
        }

        await AnswerAsync(context, StatusCodes.Status200OK, Answer(name, translations));
    }

    private static JsonObject Answer(string model, JsonNode?[] translations) => new()
    {
        ["model_name"] = model,
        ["model_version"] = "1",
        ["outputs"] = new JsonArray(new JsonObject
        {
            ["name"] = "OUTPUT_TEXT",
            ["datatype"] = "BYTES",
            ["shape"] = new JsonArray(translations.Length),
            ["data"] = new JsonArray(translations),
        }),
    };

    private static async Task<string[]?> InputsAsync(HttpContext context)
    {
        try
        {
            var cancelled = context.RequestAborted;
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: cancelled) as JsonObject;
            var input = body?["inputs"] is JsonArray { Count: 1 } inputs ? inputs[0] as JsonObject : null;
            return input is not null && Text(input["name"]) == "INPUT_TEXT" && input["data"] is JsonArray data
                && data.Select(Text).OfType<string>().ToArray() is { Length: > 0 } texts && texts.Length == data.Count
                ? texts
                : null;
        }
        catch (JsonException)
        {
            return null;
        }

        static string? Text(JsonNode? node) =>
            node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    private static string Model(HttpContext context) => (string)context.Request.RouteValues["model"]!;

    private static Task Empty(HttpContext context) => Task.CompletedTask;

    private static Task RefuseAsync(HttpContext context, int status, string error) =>
        AnswerAsync(context, status, new JsonObject { ["error"] = error });

    private static Task AnswerAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
