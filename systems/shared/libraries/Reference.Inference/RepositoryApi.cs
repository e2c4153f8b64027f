using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Reference.Inference;

/// <summary>Triton's model repository extension: what there is, load, unload.</summary>
/// <param name="explicitControl">
/// False as with <c>--model-control-mode=none</c>, Triton's default: loading by request is refused.
/// </param>
public sealed class RepositoryApi(ModelRepository models, bool explicitControl)
{
    /// <summary>Adds the extension's routes.</summary>
    public void MapTo(WebApplication app)
    {
        app.MapPost("/v2/repository/index", context => InferenceApi.AnswerAsync(
            context, StatusCodes.Status200OK, new JsonArray([.. models.Index().Select(Describe)])));
        app.MapPost("/v2/repository/models/{model}/load", context => ControlAsync(
            context, name => models.Load(name)));
        app.MapPost("/v2/repository/models/{model}/unload", context => ControlAsync(context, name =>
        {
            models.Unload(name);
            return null;
        }));
    }

    private Task ControlAsync(HttpContext context, Func<string, string?> action)
    {
        if (!explicitControl)
        {
            return InferenceApi.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable,
                "explicit model load / unload is not allowed if polling is enabled");
        }

        return action(InferenceApi.Model(context)) is { } failure
            ? InferenceApi.RefuseAsync(context, StatusCodes.Status400BadRequest, failure)
            : Task.CompletedTask;
    }

    private static JsonNode Describe((string Name, string State, string Reason) one)
    {
        var entry = new JsonObject { ["name"] = one.Name, ["version"] = "1", ["state"] = one.State };
        if (one.Reason.Length > 0)
        {
            entry["reason"] = one.Reason;
        }

        return entry;
    }
}
