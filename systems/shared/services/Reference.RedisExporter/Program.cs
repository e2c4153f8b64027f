using Reference.Redis;
using Reference.RedisExporter;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("redis-exporter", Address, async (address, service) =>
{
    using var redis = new RedisClient(address, TimeProvider.System);
    var probe = new RedisProbe(redis, service.Log);
    service.App.MapMetrics(probe.RefreshAsync, probe.All);
    await service.RunAsync();
});

static RedisAddress Address() => RedisAddress.Parse(Variables.Process.Need("REDIS_ADDR"));
