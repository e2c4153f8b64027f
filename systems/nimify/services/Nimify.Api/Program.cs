using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nimify.Api;
using Nimify.Predictions;
using Npgsql;
using Reference.Database;
using Reference.Telemetry;

NimifySettings settings;
NpgsqlDataSource database;
try
{
    settings = NimifySettings.Read(Environment.GetEnvironmentVariable);
    database = DatabaseAddress.Open(settings.Database);
}
catch (FormatException failure)
{
    await Console.Error.WriteLineAsync($"Configuration error: {failure.Message}");
    return 1;
}

await using (database)
{
    var builder = WebApplication.CreateSlimBuilder();
    ServiceLogging.Configure(builder.Logging);
    await using var app = builder.Build();
    var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("nimify-api");
    using var http = new HttpClient { BaseAddress = settings.Triton };
    var triton = new TritonClient(http, settings.InferenceLimit);
    var store = new PredictionStore(database);
    var predictor = new Predictor(settings, triton, store, new ResponseCache(settings.CacheDirectory, log),
        new CircuitBreaker(5, TimeSpan.FromSeconds(5), TimeProvider.System), log);
    var dependencies = new Dependencies(store, triton, settings, TimeProvider.System, log);
    var requests = new RequestMetrics(TimeProvider.System);
    requests.AddTo(app);
    new NimifyRoutes(settings, predictor, store, dependencies, TimeProvider.System).MapTo(app);
    app.MapMetrics(null, requests.All);
    await app.StartAsync();
    var watching = dependencies.WatchAsync(app.Lifetime.ApplicationStopping);
    await app.WaitForShutdownAsync();
    await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

return 0;
