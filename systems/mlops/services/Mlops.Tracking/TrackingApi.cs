using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using Reference.Database;

namespace Mlops.Tracking;

/// <summary>Serves the calls of <see cref="TrackingCall"/>, by POST with a JSON body or by GET with a query.</summary>
internal sealed partial class TrackingApi(NpgsqlDataSource database, ILogger log)
{
    private volatile bool _prepared;

    public void MapTo(WebApplication app)
    {
        app.MapGet("/health", () => Results.Text("OK"));
        app.MapGet("/version", () => Results.Text("2.9.2"));
        foreach (var call in TrackingCall.All)
        {
            app.MapMethods($"/api/2.0/mlflow/{call.Name}", ["GET", "POST"], context => ServeAsync(call, context));
        }
    }

    /// <summary>Makes the tables; called again by each request until it worked once.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!_prepared)
        {
            await TableVersions.MigrateAsync(database, "mlflow", TrackingCall.Tables, cancellationToken);
            _prepared = true;
        }
    }

    private async Task ServeAsync(TrackingCall call, HttpContext context)
    {
        try
        {
            var body = await BodyAsync(context);
            var missing = call.Fields.FirstOrDefault(field => !field.EndsWith('?') && Value(body, field) is null);
            if (missing is not null)
            {
                await RefuseAsync(context, 400, "INVALID_PARAMETER_VALUE", $"Missing value for required '{missing}'");
                return;
            }

            await PrepareAsync(context.RequestAborted);
            await AnswerAsync(call, body, context);
        }
        catch (JsonException failure)
        {
            await RefuseAsync(context, 400, "BAD_REQUEST", failure.Message);
        }
        catch (Exception failure) when (DatabaseOutage.Is(failure))
        {
            LogOutage(log, call.Name, DatabaseOutage.Describe(failure));
            await RefuseAsync(context, 503, "TEMPORARILY_UNAVAILABLE", DatabaseOutage.Describe(failure));
        }
        catch (PostgresException refused)
        {
            // A value of the wrong type, or something that is not there: the caller's mistake.
            await RefuseAsync(context, 400, "INVALID_PARAMETER_VALUE", refused.MessageText);
        }
    }

    private async Task AnswerAsync(TrackingCall call, JsonObject body, HttpContext context)
    {
        await using var command = database.CreateCommand(call.Sql);
        command.Bind([.. call.Fields.Select(field => (object?)Value(body, field.TrimEnd('?')))]);
        if (await command.ExecuteScalarAsync(context.RequestAborted) is not string json)
        {
            await RefuseAsync(context, 404, "RESOURCE_DOES_NOT_EXIST", $"{call.Name}: there is no such thing");
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json, context.RequestAborted);
    }

    private static async Task<JsonObject> BodyAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            return [.. context.Request.Query.Select(pair =>
                KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value.ToString())))];
        }

        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        return body as JsonObject ?? throw new JsonException("an object is expected");
    }

    private static string? Value(JsonObject body, string field) => body[field.TrimEnd('?')]?.ToString();

    private static Task RefuseAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            new JsonObject { ["error_code"] = code, ["message"] = message }.ToJsonString(), context.RequestAborted);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Call}: database connection failed: {Reason}")]
    private static partial void LogOutage(ILogger log, string call, string reason);
}
