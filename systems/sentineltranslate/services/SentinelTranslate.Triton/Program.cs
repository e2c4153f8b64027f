using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SentinelTranslate.Telemetry;
using SentinelTranslate.Triton.Inference;
using SentinelTranslate.Triton.Models;

namespace SentinelTranslate.Triton;

internal static partial class Program
{
    private static async Task Main()
    {
        var builder = WebApplication.CreateSlimBuilder();
        ServiceLogging.Configure(builder.Logging);
        await using var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("triton");
        var models = ModelRepository.Load();
        foreach (var model in models.Names)
        {
            LogLoaded(log, model);
        }

        var metrics = new InferenceMetrics(models.Names);
        new InferenceApi(models, metrics, TimeProvider.System).MapTo(app);
        app.MapMetrics(null, metrics.All);
        await app.StartAsync();
        var urls = string.Join(", ", app.Urls);
        LogListening(log, urls);
        await app.WaitForShutdownAsync();
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Model {Model} version 1 is READY")]
    private static partial void LogLoaded(ILogger log, string model);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Started HTTPService at {Urls}")]
    private static partial void LogListening(ILogger log, string urls);
}
