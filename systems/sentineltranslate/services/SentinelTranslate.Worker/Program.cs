using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Reference.Redis;
using Reference.Telemetry;
using Reference.Web;
using SentinelTranslate.Objects;
using SentinelTranslate.Queue.Jobs;
using SentinelTranslate.Worker;

return await ServiceHost.RunAsync("worker", Settings, async (settings, service) =>
{
    var time = TimeProvider.System;
    using var broker = new RedisClient(settings.Broker, time);
    using var results = new RedisClient(settings.Results, time);
    using var asking = new RedisClient(settings.Broker, time); // the first one is blocked by BRPOP most of the time
    using var http = new HttpClient { BaseAddress = settings.Triton, Timeout = TimeSpan.FromSeconds(10) };
    var metrics = new WorkerMetrics(new JobChannel(asking, results));
    using var storage = new HttpClient { BaseAddress = settings.Objects, Timeout = TimeSpan.FromSeconds(10) };
    var channel = new JobChannel(broker, results);
    var triton = new TritonClient(http);
    var batches = new BatchTranslator(new ObjectClient(storage, settings.Key, time), triton, channel);
    var worker = new JobWorker(channel, triton, batches, metrics, time, service.Log);
    service.App.MapMetrics(metrics.RefreshAsync, metrics.All);
    await service.RunAsync(stop => worker.RunAsync(settings.Concurrency, stop));
}, EndSoon);

static WorkerSettings Settings() => WorkerSettings.Read(Environment.GetEnvironmentVariable);

static void EndSoon(WebApplicationBuilder builder) =>
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
