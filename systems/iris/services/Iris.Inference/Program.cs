using Iris.Inference;
using Microsoft.Extensions.Logging;
using Reference.Web;

return await ServiceHost.RunAsync("inference-service", Settings, async (settings, service) =>
{
    var served = ServedModel.Load(settings, TimeProvider.System);
    if (served.Error is { } error)
    {
        Log.NoModel(service.Log, error);
    }
    else
    {
        Log.Loaded(service.Log, served.Version, served.Path);
    }

    new InferenceRoutes(served, TimeProvider.System, service.Log).MapTo(service.App);
    await service.RunAsync();
});

static InferenceSettings Settings() => InferenceSettings.Read(Environment.GetEnvironmentVariable);

/// <summary>What the start says.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Loaded model version {Version} from {Path}")]
    public static partial void Loaded(ILogger log, string version, string path);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "ERROR {Reason}; the service stays not ready")]
    public static partial void NoModel(ILogger log, string reason);
}
