using Reference.Database;
using Reference.PostgresExporter;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("postgres-exporter", DatabaseAddress.OfThisProcess, async (opened, service) =>
{
    await using var database = opened;
    var probe = new PostgresProbe(database, service.Log);
    service.App.MapMetrics(probe.RefreshAsync, probe.All);
    await service.RunAsync();
});
