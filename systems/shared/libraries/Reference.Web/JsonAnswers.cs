using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Reference.Web;

/// <summary>JSON in and out of a request.</summary>
public static class JsonAnswers
{
    /// <summary>Answers with a status and JSON.</summary>
    public static Task AnswerAsync(this HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    /// <summary>Answers with a status and what was wrong.</summary>
    public static Task RefuseAsync(this HttpContext context, int status, string error) =>
        context.AnswerAsync(status, new JsonObject { ["error"] = error });

    /// <summary>Reads the body; null when it is no JSON object.</summary>
    public static async Task<JsonObject?> ReadObjectAsync(this HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted)
                as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads a field that is a text; null when it is missing, empty or something else.</summary>
    public static string? Text(this JsonObject body, string field) =>
        body[field] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
