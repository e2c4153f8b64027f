using Nimify.Predictions;
using Nimify.Worker;
using Reference.Telemetry;

return await NimifyService.RunAsync("nimify-worker", async (nimify, service) =>
{
    var worker = new BatchWorker(nimify.Store, nimify.Triton, TimeProvider.System, service.Log);
    service.App.MapMetrics(null, worker.Metrics);
    await service.RunAsync(worker.RunAsync);
});
