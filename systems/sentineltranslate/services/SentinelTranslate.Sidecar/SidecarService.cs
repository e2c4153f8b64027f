using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reference.Redis;
using Reference.Telemetry;
using Reference.Web;
using SentinelTranslate.Queue.Jobs;
using SentinelTranslate.Sidecar.Glossary;
using SentinelTranslate.Sidecar.Translation;

namespace SentinelTranslate.Sidecar;

/// <summary>Takes texts as long as there is a broker to queue them on.</summary>
internal static partial class SidecarService
{
    private const int NoBroker = 1;
    private const long RequestBytesMax = 1024 * 1024;

    /// <summary>A small request, and a quick end.</summary>
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBytesMax);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
    }

    /// <summary>Serves until the process is asked to end.</summary>
    /// <returns>The exit code: 0 after an orderly stop, 1 when the broker was gone for too long.</returns>
    /// <exception cref="IOException">Another process has the lock of the glossary's cache, or left it.</exception>
    /// <exception cref="FormatException">The release's glossary is damaged.</exception>
    public static async Task<int> RunAsync(SidecarSettings settings, Service service)
    {
        var time = TimeProvider.System;
        using var broker = new RedisClient(settings.Broker, time);
        using var results = new RedisClient(settings.Results, time);
        var queue = new JobChannel(broker, results);
        var requests = service.Measure(time);
        service.App.MapMetrics(null, requests.All);
        new TranslationApi(queue, time).MapTo(service.App);
        var logs = service.App.Services.GetRequiredService<ILoggerFactory>();
        LogStarting(service.Log, settings.Release, settings.Broker);

        // Both come before listening: a sidecar that cannot queue must not take requests.
        var warmer = settings.GlossaryDirectory is { } directory
            ? GlossaryWarmer.Begin(directory, time, logs.CreateLogger("glossary"))
            : null;
        var watch = new BrokerWatch(queue, time, logs.CreateLogger("broker"));
        if (!await watch.ConnectAsync(CancellationToken.None))
        {
            return NoBroker;
        }

        var end = Task.FromResult(0);
        await service.RunAsync(stopping => end = WatchAsync(watch, warmer, service.App.Lifetime, stopping));
        return await end;
    }

    /// <summary>Ends the service when it has lost its broker, or its glossary cannot be read.</summary>
    private static async Task<int> WatchAsync(
        BrokerWatch watch, GlossaryWarmer? warmer, IHostApplicationLifetime service, CancellationToken stopping)
    {
        try
        {
            var lost = watch.LostAsync(stopping);
            var warm = warmer?.WarmAsync(stopping) ?? Task.CompletedTask;
            if (await Task.WhenAny(warm, lost) == warm)
            {
                await warm; // a glossary that cannot be read ends the service: half a glossary mistranslates silently
            }

            return await lost ? NoBroker : 0;
        }
        finally
        {
            service.StopApplication();
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information,
        Message = "SentinelTranslate sidecar {Release} starting, broker {Broker}")]
    private static partial void LogStarting(ILogger log, string release, RedisAddress broker);
}
