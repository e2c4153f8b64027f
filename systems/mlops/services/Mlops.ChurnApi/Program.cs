using Mlops.ChurnApi;
using Mlops.Model;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("churn-api", Registry, async (registry, service) =>
{
    var file = Variables.Process.Find("MIDWATCH_ROOT")
        + (Variables.Process.Find("MODEL_FILE") ?? "/app/models/churn_model.pkl");
    using var http = new HttpClient { BaseAddress = registry, Timeout = TimeSpan.FromSeconds(3) };
    var models = new ModelHolder(
        registry is null ? null : new TrackingClient(http), file, TimeProvider.System, service.Log);
    var requests = service.Measure(TimeProvider.System);
    var routes = new ChurnRoutes(models, TimeProvider.System, service.Log);
    routes.MapTo(service.App);
    service.App.MapMetrics(null, [.. requests.All, .. routes.Metrics]);
    await service.RunAsync(models.WatchAsync);
});

// Without a registry the file is all there is.
static Uri? Registry() =>
    Variables.Process.Find("MLFLOW_TRACKING_URI") is null ? null : Variables.Process.Address("MLFLOW_TRACKING_URI");
