using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyAirtable.Auth;
using Reference.Database;
using Reference.Redis;
using Reference.Telemetry;
using Reference.Web;

AuthSettings settings;
NpgsqlDataSource database;
try
{
    settings = AuthSettings.Read(Variables.Process);
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
    var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("auth-service");
    using var redis = new RedisClient(settings.Redis, TimeProvider.System);
    var users = new UserStore(database);
    var sessions = new SessionStore(redis, settings.RefreshLife);
    var requests = new RequestMetrics(TimeProvider.System);
    requests.AddTo(app);
    new HealthRoutes(users, sessions, TimeProvider.System, log).MapTo(app);
    new AuthRoutes(settings, users, sessions, new OutageAnswers(log), TimeProvider.System).MapTo(app);
    app.MapMetrics(null, requests.All);
    await app.RunAsync();
}

return 0;
