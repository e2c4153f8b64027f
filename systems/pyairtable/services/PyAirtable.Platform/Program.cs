using PyAirtable.Platform;
using Reference.Database;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("platform-services", DatabaseAddress.OfThisProcess, async (opened, service) =>
{
    await using var database = opened;
    var tables = new TableStore(database);
    var requests = service.Measure(TimeProvider.System);
    new HealthRoute(tables, Variables.Process.Find("RELEASE") ?? "dev", TimeProvider.System, service.Log)
        .MapTo(service.App);
    var records = new RecordStore(database, TimeProvider.System);
    new PlatformRoutes(tables, records, TimeProvider.System, service.Log).MapTo(service.App);
    service.App.MapMetrics(null, requests.All);
    await service.RunAsync();
});
