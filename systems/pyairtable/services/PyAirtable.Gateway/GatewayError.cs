using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Reference.Web;

namespace PyAirtable.Gateway;

/// <summary>How the gateway says no.</summary>
internal static class GatewayError
{
    public static Task AnswerAsync(HttpContext context, int status, string error) =>
        context.AnswerAsync(status, new JsonObject
        {
            ["error"] = error, ["path"] = context.Request.Path.ToString(), ["method"] = context.Request.Method,
        });
}
