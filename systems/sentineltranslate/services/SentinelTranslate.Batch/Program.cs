using Reference.Redis;
using Reference.Telemetry;
using Reference.Web;
using SentinelTranslate.Batch;
using SentinelTranslate.Queue.Jobs;

return await ServiceHost.RunAsync("batch-api", Read, async (addresses, service) =>
{
    using var broker = new RedisClient(addresses.Broker, TimeProvider.System);
    using var results = new RedisClient(addresses.Results, TimeProvider.System);
    var requests = service.Measure(TimeProvider.System);
    service.App.MapMetrics(null, requests.All);
    new BatchApi(new JobChannel(broker, results), TimeProvider.System, service.Log).MapTo(service.App);
    await service.RunAsync();
});

static (RedisAddress Broker, RedisAddress Results) Read() => (
    RedisAddress.Parse(Variables.Process.Need("CELERY_BROKER_URL")),
    RedisAddress.Parse(Variables.Process.Need("CELERY_RESULT_BACKEND")));
