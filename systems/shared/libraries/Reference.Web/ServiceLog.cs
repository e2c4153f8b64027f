using Microsoft.Extensions.Logging;

namespace Reference.Web;

internal static partial class ServiceLog
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "Listening on {Urls}")]
    public static partial void Listening(ILogger log, string urls);
}
