using Iris.Gateway;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("api-gateway", Settings, async (settings, service) =>
{
    using var http = new HttpClient { BaseAddress = settings.Inference, Timeout = settings.InferenceLimit };
    var requests = new ServerRequests(TimeProvider.System);
    requests.AddTo(service.App);
    new GatewayRoutes(new InferenceClient(http), new ApiKey(settings.ApiKeyFile), service.Log).MapTo(service.App);
    service.App.MapMetrics(requests.RefreshAsync, requests.All, "/actuator/prometheus");
    await service.RunAsync();
});

static GatewaySettings Settings() => GatewaySettings.Read(Environment.GetEnvironmentVariable);
