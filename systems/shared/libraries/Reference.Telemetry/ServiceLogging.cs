using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Reference.Telemetry;

/// <summary>One way to log for all services: a line each, UTC, no framework chatter.</summary>
public static class ServiceLogging
{
    /// <summary>Replaces whatever logging was configured.</summary>
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }
}
