using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Iris.KeyVault;

/// <summary>The part of the Azure Key Vault protocol that reads and sets secrets.</summary>
/// <remarks>Azure's tokens come from Entra ID; here the vault knows the one token that is good.</remarks>
internal sealed partial class VaultApi(Vault vault, string token, ILogger log)
{
    private readonly byte[] _expected = Encoding.UTF8.GetBytes($"Bearer {token}");

    public void MapTo(WebApplication app)
    {
        app.MapGet("/healthz", () => Results.Text("OK"));
        app.MapGet("/secrets", context => AllowedAsync(context, () => AnswerAsync(context, 200, new JsonObject
        {
            ["value"] = new JsonArray([.. vault.Names.Select(name => new JsonObject { ["id"] = Id(context, name) })]),
        })));
        app.MapGet("/secrets/{name}/{version?}", context => AllowedAsync(context, () => ReadAsync(context)));
        app.MapPut("/secrets/{name}", context => AllowedAsync(context, () => SetAsync(context)));
    }

    private Task AllowedAsync(HttpContext context, Func<Task> action)
    {
        var shown = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (CryptographicOperations.FixedTimeEquals(shown, _expected))
        {
            return action();
        }

        LogRefused(log, context.Request.Method, context.Request.Path);
        return RefuseAsync(context, 401, "Unauthorized", "The token is not one that this vault accepts.");
    }

    private Task ReadAsync(HttpContext context)
    {
        var name = Value(context, "name")!;
        return vault.Find(name, Value(context, "version")) is { } version
            ? AnswerAsync(context, 200, Json(context, name, version))
            : RefuseAsync(context, 404, "SecretNotFound", $"A secret with (name/id) {name} was not found.");
    }

    private async Task SetAsync(HttpContext context)
    {
        var name = Value(context, "name")!;
        if (await BodyAsync(context) is not { } value)
        {
            await RefuseAsync(context, 400, "BadParameter", "Property 'value' is required.");
            return;
        }

        try
        {
            var version = vault.Set(name, value);
            LogSet(log, name, version.Id);
            await AnswerAsync(context, 200, Json(context, name, version));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await RefuseAsync(context, 500, "InternalServerError", failure.Message);
        }
    }

    private static async Task<string?> BodyAsync(HttpContext context)
    {
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return (body as JsonObject)?["value"]?.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Json(HttpContext context, string name, SecretVersion version) => new()
    {
        ["value"] = version.Value,
        ["id"] = $"{Id(context, name)}/{version.Id}",
        ["attributes"] = new JsonObject { ["enabled"] = true, ["created"] = version.Created.ToUnixTimeSeconds() },
    };

    private static string Id(HttpContext context, string name) =>
        $"{context.Request.Scheme}://{context.Request.Host}/secrets/{name}";

    private static string? Value(HttpContext context, string name) => context.Request.RouteValues[name]?.ToString();

    private static Task RefuseAsync(HttpContext context, int status, string code, string message) =>
        AnswerAsync(context, status, new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
        });

    private static Task AnswerAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Secret {Name} has a new version {Version}")]
    private static partial void LogSet(ILogger log, string name, string version);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Unauthorized: {Method} {Path}")]
    private static partial void LogRefused(ILogger log, string method, string path);
}
