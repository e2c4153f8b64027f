using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nimify.Predictions;
using Nimify.Worker;
using Reference.Telemetry;

return await NimifyService.RunAsync(async service =>
{
    var app = service.App;
    var worker = new BatchWorker(service.Store, service.Triton, TimeProvider.System,
        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("nimify-worker"));
    app.MapMetrics(null, worker.Metrics);
    await app.StartAsync();
    var working = worker.RunAsync(app.Lifetime.ApplicationStopping);
    await app.WaitForShutdownAsync();
    await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
});
