using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mlops.Tracking;
using Npgsql;
using Reference.Database;
using Reference.Telemetry;

NpgsqlDataSource database;
try
{
    database = DatabaseAddress.Open(Environment.GetEnvironmentVariable("DATABASE_URL"));
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
    var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("mlflow");
    var requests = new RequestMetrics(TimeProvider.System);
    requests.AddTo(app);
    var tracking = new TrackingApi(database, log);
    try
    {
        // The real server migrates its schema before it listens, and ends when it cannot.
        await tracking.PrepareAsync(CancellationToken.None);
    }
    catch (Exception failure) when (DatabaseOutage.Is(failure))
    {
        await Console.Error.WriteLineAsync(
            $"sqlalchemy.exc.OperationalError: connection to server failed: {DatabaseOutage.Describe(failure)}");
        return 1;
    }

    tracking.MapTo(app);
    var root = Environment.GetEnvironmentVariable("MIDWATCH_ROOT");
    new ArtifactStore(root + (Environment.GetEnvironmentVariable("ARTIFACT_ROOT") ?? "/mlflow/artifacts"), log)
        .MapTo(app);
    app.MapMetrics(null, requests.All);
    await app.RunAsync();
}

return 0;
