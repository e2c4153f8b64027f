using Microsoft.Extensions.Logging;
using Reference.Resilience;

namespace PyAirtable.Gateway;

/// <summary>What the gateway tells its operators.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Requests for {Service} go to {Address}")]
    public static partial void PassesOn(ILogger log, string service, Uri address);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Circuit of {Service} is {State}: {Reason}")]
    public static partial void Circuit(ILogger log, string service, CircuitState state, string reason);
}
