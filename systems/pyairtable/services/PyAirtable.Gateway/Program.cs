using Microsoft.Extensions.Logging;
using PyAirtable.Gateway;
using Reference.Resilience;
using Reference.Telemetry;
using Reference.Web;

const int Trials = 3;
var time = TimeProvider.System;
return await ServiceHost.RunAsync("api-gateway", Settings, async (settings, service) =>
{
    using var auth = Open(settings, service.Log, "auth-service", settings.Auth);
    using var platform = Open(settings, service.Log, "platform-services", settings.Platform);
    var cache = new TokenCache(settings.TokenCache, time);
    var tokens = new TokenCheck(auth, cache);
    var admission = new Admission(settings.ApiKeys, new RateLimit(settings.PerMinute, time));
    var status = new StatusRoutes([auth, platform], Variables.Process.Find("RELEASE") ?? "dev", time);
    var requests = service.Measure(time);
    status.MapTo(service.App);
    new GatewayRoutes(auth, platform, tokens, cache, admission).MapTo(service.App);
    service.App.MapMetrics(
        status.RefreshAsync, [.. requests.All, .. status.Metrics, .. tokens.Metrics, .. admission.Metrics]);
    await service.RunAsync();
});

static GatewaySettings Settings() => GatewaySettings.Read(Variables.Process);

// Connections are renewed: an old one stays with a pod that is no endpoint of its Service any more.
Backend Open(GatewaySettings settings, ILogger log, string name, Uri address)
{
    GatewayLog.PassesOn(log, name, address);
    return new Backend(
        name,
        new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = address, Timeout = settings.Answer,
        },
        new CircuitBreaker(settings.BreakerFailures, settings.BreakerOpen, Trials, time), log);
}
