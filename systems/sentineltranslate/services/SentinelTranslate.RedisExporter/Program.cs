using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SentinelTranslate.Queue;
using Reference.Telemetry;

namespace SentinelTranslate.RedisExporter;

internal static class Program
{
    private const string DefaultAddress = "redis://sentineltranslate-redis-master:6379/0";

    private static async Task<int> Main()
    {
        BrokerAddress address;
        try
        {
            address = BrokerAddress.Parse(Environment.GetEnvironmentVariable("REDIS_ADDR") ?? DefaultAddress);
        }
        catch (FormatException failure)
        {
            await Console.Error.WriteLineAsync($"REDIS_ADDR: {failure.Message}");
            return 2;
        }

        var builder = WebApplication.CreateSlimBuilder();
        ServiceLogging.Configure(builder.Logging);
        await using var app = builder.Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("redis-exporter");
        using var redis = new RedisClient(address, TimeProvider.System);
        var probe = new RedisProbe(redis, log);
        app.MapMetrics(probe.RefreshAsync, probe.All);
        await app.RunAsync();
        return 0;
    }
}
