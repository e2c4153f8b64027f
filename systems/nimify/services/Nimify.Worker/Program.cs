using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nimify.Predictions;
using Nimify.Worker;
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
    using var http = new HttpClient { BaseAddress = settings.Triton };
    var worker = new BatchWorker(
        new PredictionStore(database), new TritonClient(http, settings.InferenceLimit), TimeProvider.System,
        app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("nimify-worker"));
    app.MapMetrics(null, worker.Metrics);
    await app.StartAsync();
    var working = worker.RunAsync(app.Lifetime.ApplicationStopping);
    await app.WaitForShutdownAsync();
    await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

return 0;
