using Iris.Inference;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reference.Telemetry;

InferenceSettings settings;
try
{
    settings = InferenceSettings.Read(Environment.GetEnvironmentVariable);
}
catch (FormatException failure)
{
    await Console.Error.WriteLineAsync($"ERROR Configuration error: {failure.Message}");
    return 1;
}

var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
await using var app = builder.Build();
var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("inference-service");
var served = ServedModel.Load(settings, TimeProvider.System);
if (served.Error is { } error)
{
    Log.NoModel(log, error);
}
else
{
    Log.Loaded(log, served.Version, served.Path);
}

new InferenceRoutes(served, TimeProvider.System, log).MapTo(app);
await app.RunAsync();
return 0;

/// <summary>What the start says.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Loaded model version {Version} from {Path}")]
    public static partial void Loaded(ILogger log, string version, string path);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "ERROR {Reason}; the service stays not ready")]
    public static partial void NoModel(ILogger log, string reason);
}
