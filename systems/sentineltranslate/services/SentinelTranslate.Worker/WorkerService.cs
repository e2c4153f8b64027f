using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reference.Redis;
using SentinelTranslate.Queue.Jobs;
using Reference.Telemetry;

namespace SentinelTranslate.Worker;

internal static class WorkerService
{
    /// <summary>Works until the process is asked to end; jobs already taken are finished first.</summary>
    public static async Task RunAsync(WorkerSettings settings, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        ServiceLogging.Configure(builder.Logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        await using var app = builder.Build();
        using var broker = new RedisClient(settings.Broker, time);
        using var results = new RedisClient(settings.Results, time);
        using var asking = new RedisClient(settings.Broker, time); // the first one is blocked by BRPOP most of the time
        using var http = new HttpClient { BaseAddress = settings.Triton, Timeout = TimeSpan.FromSeconds(10) };
        var metrics = new WorkerMetrics(new JobChannel(asking, results));
        var worker = new JobWorker(
            new JobChannel(broker, results),
            new TritonClient(http),
            metrics,
            time,
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("worker"));
        app.MapMetrics(metrics.RefreshAsync, metrics.All);
        await app.StartAsync();
        var working = worker.RunAsync(settings.Concurrency, app.Lifetime.ApplicationStopping);
        await app.WaitForShutdownAsync();
        await working;
    }
}
