using Iris.ExternalSecrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Reference.ClusterApi;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("external-secrets", Settings, async (settings, service) =>
{
    using var reader = new ApiReader(settings.Account);
    using var writer = new ApiWriter(settings.Account);
    using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
    var sync = new SecretSync(settings, reader, writer, new VaultClient(http), TimeProvider.System, service.Log);
    service.App.MapGet("/healthz", () => Results.Text("OK"));
    service.App.MapMetrics(null, sync.All);
    await service.RunAsync(sync.RunAsync);
});

static OperatorSettings Settings() => OperatorSettings.Read(Environment.GetEnvironmentVariable);
