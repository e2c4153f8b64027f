using Nimify.Api;
using Nimify.Predictions;
using Reference.Resilience;
using Reference.Telemetry;

return await NimifyService.RunAsync("nimify-api", async (nimify, service) =>
{
    var (settings, triton, store) = nimify;
    var predictor = new Predictor(settings, triton, store, new ResponseCache(settings.CacheDirectory, service.Log),
        new CircuitBreaker(5, TimeSpan.FromSeconds(5), trials: 3, TimeProvider.System), service.Log);
    var dependencies = new Dependencies(store, triton, settings, TimeProvider.System, service.Log);
    var requests = service.Measure(TimeProvider.System);
    new NimifyRoutes(settings, predictor, store, dependencies, TimeProvider.System).MapTo(service.App);
    service.App.MapMetrics(null, requests.All);
    await service.RunAsync(dependencies.WatchAsync);
});
