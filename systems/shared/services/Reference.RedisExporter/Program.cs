using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reference.Redis;
using Reference.Telemetry;

namespace Reference.RedisExporter;

internal static class Program
{
    private static async Task<int> Main()
    {
        RedisAddress address;
        try
        {
            address = RedisAddress.Parse(Environment.GetEnvironmentVariable("REDIS_ADDR") ?? "");
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
