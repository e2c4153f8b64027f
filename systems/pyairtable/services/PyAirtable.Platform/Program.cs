using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyAirtable.Platform;
using Reference.Database;
using Reference.Telemetry;
using Reference.Web;

NpgsqlDataSource database;
try
{
    database = DatabaseAddress.Open(Variables.Process.Need("DATABASE_URL"));
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
    var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("platform-services");
    var tables = new TableStore(database);
    var requests = new RequestMetrics(TimeProvider.System);
    requests.AddTo(app);
    new HealthRoute(tables, Variables.Process.Find("RELEASE") ?? "dev", TimeProvider.System, log).MapTo(app);
    var records = new RecordStore(database, TimeProvider.System);
    new PlatformRoutes(tables, records, TimeProvider.System, log).MapTo(app);
    app.MapMetrics(null, requests.All);
    await app.RunAsync();
}

return 0;
