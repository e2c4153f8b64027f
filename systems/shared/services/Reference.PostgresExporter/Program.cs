using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Reference.Database;
using Reference.PostgresExporter;
using Reference.Telemetry;

NpgsqlDataSource database;
try
{
    database = DatabaseAddress.Open(Environment.GetEnvironmentVariable("DATABASE_URL"));
}
catch (FormatException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 2;
}

await using (database)
{
    var builder = WebApplication.CreateSlimBuilder();
    ServiceLogging.Configure(builder.Logging);
    await using var app = builder.Build();
    var probe = new PostgresProbe(
        database, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("postgres-exporter"));
    app.MapMetrics(probe.RefreshAsync, probe.All);
    await app.RunAsync();
}

return 0;
