using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reference.Database;
using Reference.Redis;
using Reference.Web;

namespace PyAirtable.Auth;

/// <summary>Turns an outage of PostgreSQL or Redis into an answer, 503, and a line in the log.</summary>
internal sealed partial class OutageAnswers(ILogger log)
{
    public async Task GuardAsync(HttpContext context, Func<HttpContext, Task> serve)
    {
        try
        {
            await serve(context);
        }
        catch (Exception failure) when (Is(failure))
        {
            LogOutage(log, context.Request.Path.ToString(), Describe(failure));
            await context.RefuseAsync(503, Describe(failure));
        }
    }

    public static bool Is(Exception failure) => failure is RedisUnavailableException || DatabaseOutage.Is(failure);

    public static string Describe(Exception failure) => failure is RedisUnavailableException
        ? $"redis: {failure.Message}" : $"database: {DatabaseOutage.Describe(failure)}";

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Path} failed: {Reason}")]
    private static partial void LogOutage(ILogger log, string path, string reason);
}
