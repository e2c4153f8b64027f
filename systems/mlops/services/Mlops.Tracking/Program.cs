using Mlops.Tracking;
using Reference.Database;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("mlflow", DatabaseAddress.OfThisProcess, async (opened, service) =>
{
    await using var database = opened;
    var requests = service.Measure(TimeProvider.System);
    var tracking = new TrackingApi(database, service.Log);
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

    tracking.MapTo(service.App);
    var root = Variables.Process.Find("MIDWATCH_ROOT");
    new ArtifactStore(root + (Variables.Process.Find("ARTIFACT_ROOT") ?? "/mlflow/artifacts"), service.Log)
        .MapTo(service.App);
    service.App.MapMetrics(null, requests.All);
    await service.RunAsync();
    return 0;
});
