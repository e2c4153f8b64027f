using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reference.Redis;
using SentinelTranslate.Queue.Jobs;
using SentinelTranslate.Sidecar.Glossary;
using SentinelTranslate.Sidecar.Translation;
using Reference.Telemetry;
using Reference.Web;

namespace SentinelTranslate.Sidecar;

internal static partial class SidecarService
{
    private const long RequestBytesMax = 1024 * 1024;

    /// <summary>Serves until the process is asked to end.</summary>
    /// <returns>True after an orderly stop; false when the broker was gone for too long.</returns>
    public static async Task<bool> RunAsync(SidecarSettings settings, TimeProvider time)
    {
        using var broker = new RedisClient(settings.Broker, time);
        using var results = new RedisClient(settings.Results, time);
        var queue = new JobChannel(broker, results);
        await using var app = Build(queue, time);
        var logs = app.Services.GetRequiredService<ILoggerFactory>();
        var log = logs.CreateLogger("sidecar");
        LogStarting(log, settings.Release, settings.Broker);

        // Both come before listening: a sidecar that cannot queue must not take requests.
        var warmer = settings.GlossaryDirectory is { } directory
            ? GlossaryWarmer.Begin(directory, time, logs.CreateLogger("glossary"))
            : null;
        var watch = new BrokerWatch(queue, time, logs.CreateLogger("broker"));
        if (!await watch.ConnectAsync(CancellationToken.None))
        {
            return false;
        }

        await app.StartAsync();
        var urls = string.Join(", ", app.Urls);
        LogListening(log, urls);
        return await RunUntilEndAsync(app, watch, warmer);
    }

    private static async Task<bool> RunUntilEndAsync(WebApplication app, BrokerWatch watch, GlossaryWarmer? warmer)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var shutdown = app.WaitForShutdownAsync(CancellationToken.None);
        var lost = watch.LostAsync(stopping);
        var warm = warmer?.WarmAsync(stopping) ?? Task.CompletedTask;
        if (await Task.WhenAny(warm, lost, shutdown) == warm)
        {
            await warm; // a glossary that cannot be read ends the service: half a glossary mistranslates silently
        }

        if (await Task.WhenAny(lost, shutdown) == lost && await lost)
        {
            return false;
        }

        await shutdown;
        return true;
    }

    private static WebApplication Build(JobChannel queue, TimeProvider time)
    {
        var app = ServiceHost.Build(builder =>
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBytesMax);
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        });
        var requests = new RequestMetrics(time);
        requests.AddTo(app);
        app.MapMetrics(null, requests.All);
        new TranslationApi(queue, time).MapTo(app);
        return app;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information,
        Message = "SentinelTranslate sidecar {Release} starting, broker {Broker}")]
    private static partial void LogStarting(ILogger log, string release, RedisAddress broker);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Listening on {Urls}")]
    private static partial void LogListening(ILogger log, string urls);
}
