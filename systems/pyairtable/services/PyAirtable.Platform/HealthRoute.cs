using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reference.Database;
using Reference.Web;

namespace PyAirtable.Platform;

/// <summary><c>/health</c>: 503 while the database does not serve. It also makes the tables, the first time.</summary>
internal sealed partial class HealthRoute(TableStore tables, string release, TimeProvider time, ILogger log)
{
    private volatile bool _prepared;

    public void MapTo(WebApplication app) => app.MapGet("/health", AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            if (!_prepared)
            {
                await tables.PrepareAsync(context.RequestAborted);
                _prepared = true;
                LogPrepared(log);
            }

            await tables.ProbeAsync(context.RequestAborted);
            await context.AnswerAsync(200, Tell("healthy"));
        }
        catch (Exception failure) when (DatabaseOutage.Is(failure))
        {
            var answer = Tell("unhealthy");
            answer["error"] = $"database: {DatabaseOutage.Describe(failure)}";
            await context.AnswerAsync(503, answer);
        }
    }

    private JsonObject Tell(string status) => new()
    {
        ["status"] = status, ["service"] = "platform-services", ["version"] = release,
        ["timestamp"] = time.GetUtcNow().ToString("O"),
    };

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "The tables are there, requests are served")]
    private static partial void LogPrepared(ILogger log);
}
