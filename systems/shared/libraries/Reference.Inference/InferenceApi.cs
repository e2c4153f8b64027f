using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Reference.Inference;

/// <summary>The inference protocol v2 over HTTP: health, metadata, infer.</summary>
/// <remarks>The protocol: https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol</remarks>
public sealed class InferenceApi(ModelRepository models, InferenceMetrics metrics, TimeProvider time)
{
    /// <summary>Adds the protocol's routes.</summary>
    public void MapTo(WebApplication app)
    {
        app.MapGet("/v2", context => AnswerAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["name"] = "triton",
            ["version"] = "2.51.0",
            ["extensions"] = new JsonArray("model_repository", "statistics"),
        }));
        app.MapGet("/v2/health/live", Empty);
        app.MapGet("/v2/health/ready", ReadyAsync);
        app.MapGet("/v2/models/{model}", context => models.Find(Model(context)) is { } found
            ? AnswerAsync(context, StatusCodes.Status200OK, found.Signature.ToJson(Model(context)))
            : RefuseUnknownAsync(context));
        app.MapGet("/v2/models/{model}/ready", context => models.Find(Model(context)) is null
            ? RefuseUnknownAsync(context)
            : Empty(context));
        app.MapPost("/v2/models/{model}/infer", InferAsync);
    }

    internal static string Model(HttpContext context) => (string)context.Request.RouteValues["model"]!;

    internal static Task RefuseAsync(HttpContext context, int status, string error) =>
        AnswerAsync(context, status, new JsonObject { ["error"] = error });

    internal static Task AnswerAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    // Triton with --strict-readiness=true, its default: ready when every model is.
    private Task ReadyAsync(HttpContext context)
    {
        context.Response.StatusCode = models.AllReady ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private async Task InferAsync(HttpContext context)
    {
        var name = Model(context);
        if (models.Find(name) is not { } model)
        {
            await RefuseUnknownAsync(context);
            return;
        }

        var start = time.GetTimestamp();
        try
        {
            var outputs = model.Infer(await InputsAsync(context));
            metrics.Count(name, answered: true, time.GetElapsedTime(start));
            await AnswerAsync(context, StatusCodes.Status200OK, new JsonObject
            {
                ["model_name"] = name, ["model_version"] = "1", ["outputs"] = outputs,
            });
        }
        catch (InferenceException failure)
        {
            metrics.Count(name, answered: false, time.GetElapsedTime(start));
            await RefuseAsync(context, StatusCodes.Status400BadRequest, failure.Message);
        }
    }

    private static async Task<JsonArray> InputsAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return (body as JsonObject)?["inputs"] as JsonArray
                ?? throw new InferenceException("the request has no 'inputs'");
        }
        catch (JsonException failure)
        {
            throw new InferenceException($"failed to parse the request JSON buffer: {failure.Message}");
        }
    }

    private static Task RefuseUnknownAsync(HttpContext context) => RefuseAsync(
        context, StatusCodes.Status404NotFound, $"Request for unknown model: '{Model(context)}' is not found");

    private static Task Empty(HttpContext context) => Task.CompletedTask;
}
