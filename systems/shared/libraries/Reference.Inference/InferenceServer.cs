using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reference.Telemetry;
using Reference.Web;

namespace Reference.Inference;

/// <summary>A whole inference server: its models, the protocol, the metrics.</summary>
public static partial class InferenceServer
{
    /// <summary>Loads every model and serves until the process is told to end.</summary>
    /// <param name="models">Where the models come from.</param>
    /// <param name="explicitControl">Whether models may be loaded and unloaded by request.</param>
    public static async Task RunAsync(IModelSource models, bool explicitControl)
    {
        await using var app = ServiceHost.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("triton");
        var metrics = new InferenceMetrics();
        var repository = new ModelRepository(models, metrics, log);
        repository.LoadAll();
        new InferenceApi(repository, metrics, TimeProvider.System).MapTo(app);
        new RepositoryApi(repository, explicitControl).MapTo(app);
        app.MapMetrics(null, metrics.All);
        await app.StartAsync();
        var urls = string.Join(", ", app.Urls);
        LogListening(log, urls);
        await app.WaitForShutdownAsync();
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "Started HTTPService at {Urls}")]
    private static partial void LogListening(ILogger log, string urls);
}
