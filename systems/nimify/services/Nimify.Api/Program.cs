using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nimify.Api;
using Nimify.Predictions;
using Reference.Resilience;
using Reference.Telemetry;

return await NimifyService.RunAsync(async service =>
{
    var (settings, triton, store, app) = service;
    var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("nimify-api");
    var predictor = new Predictor(settings, triton, store, new ResponseCache(settings.CacheDirectory, log),
        new CircuitBreaker(5, TimeSpan.FromSeconds(5), trials: 3, TimeProvider.System), log);
    var dependencies = new Dependencies(store, triton, settings, TimeProvider.System, log);
    var requests = new RequestMetrics(TimeProvider.System);
    requests.AddTo(app);
    new NimifyRoutes(settings, predictor, store, dependencies, TimeProvider.System).MapTo(app);
    app.MapMetrics(null, requests.All);
    await app.StartAsync();
    var watching = dependencies.WatchAsync(app.Lifetime.ApplicationStopping);
    await app.WaitForShutdownAsync();
    await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
});
