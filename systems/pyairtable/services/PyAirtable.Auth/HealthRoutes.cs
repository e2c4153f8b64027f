using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reference.Web;

namespace PyAirtable.Auth;

/// <summary>Whether the process lives (<c>/health</c>), and whether it can serve (<c>/ready</c>).</summary>
internal sealed partial class HealthRoutes(UserStore users, SessionStore sessions, TimeProvider time, ILogger log)
{
    private volatile bool _prepared;

    public void MapTo(WebApplication app)
    {
        app.MapGet("/health", context => context.AnswerAsync(200, Tell("healthy")));
        app.MapGet("/ready", ReadyAsync);
    }

    private async Task ReadyAsync(HttpContext context)
    {
        try
        {
            if (!_prepared)
            {
                await users.PrepareAsync(context.RequestAborted);
                _prepared = true;
                LogPrepared(log);
            }

            _ = await users.FindAsync("", context.RequestAborted);
            await sessions.ProbeAsync(context.RequestAborted);
            await context.AnswerAsync(200, Tell("ready"));
        }
        catch (Exception failure) when (OutageAnswers.Is(failure))
        {
            var answer = Tell("unhealthy");
            answer["error"] = OutageAnswers.Describe(failure);
            await context.AnswerAsync(503, answer);
        }
    }

    private JsonObject Tell(string status) => new()
    {
        ["status"] = status, ["service"] = "auth-service", ["timestamp"] = time.GetUtcNow().ToString("O"),
    };

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "The tables are there, requests are served")]
    private static partial void LogPrepared(ILogger log);
}
