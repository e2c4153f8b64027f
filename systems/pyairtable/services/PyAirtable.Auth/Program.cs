using PyAirtable.Auth;
using Reference.Database;
using Reference.Redis;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("auth-service", Open, async (start, service) =>
{
    var settings = start.Settings;
    await using var database = start.Database;
    using var redis = new RedisClient(settings.Redis, TimeProvider.System);
    var users = new UserStore(database);
    var sessions = new SessionStore(redis, settings.RefreshLife);
    var requests = service.Measure(TimeProvider.System);
    new HealthRoutes(users, sessions, TimeProvider.System, service.Log).MapTo(service.App);
    new AuthRoutes(settings, users, sessions, new OutageAnswers(service.Log), TimeProvider.System).MapTo(service.App);
    service.App.MapMetrics(null, requests.All);
    await service.RunAsync();
});

static (AuthSettings Settings, Npgsql.NpgsqlDataSource Database) Open()
{
    var settings = AuthSettings.Read(Variables.Process);
    return (settings, DatabaseAddress.Open(settings.Database));
}
