using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PyAirtable.Gateway;
using Reference.Resilience;
using Reference.Telemetry;
using Reference.Web;

GatewaySettings settings;
try
{
    settings = GatewaySettings.Read(Variables.Process);
}
catch (FormatException failure)
{
    await Console.Error.WriteLineAsync($"Configuration error: {failure.Message}");
    return 1;
}

const int Trials = 3;
var time = TimeProvider.System;
var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
await using var app = builder.Build();
var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("api-gateway");
using var auth = Open("auth-service", settings.Auth);
using var platform = Open("platform-services", settings.Platform);
var cache = new TokenCache(settings.TokenCache, time);
var tokens = new TokenCheck(auth, cache);
var admission = new Admission(settings.ApiKeys, new RateLimit(settings.PerMinute, time));
var status = new StatusRoutes([auth, platform], Variables.Process.Find("RELEASE") ?? "dev", time);
var requests = new RequestMetrics(time);
requests.AddTo(app);
status.MapTo(app);
new GatewayRoutes(auth, platform, tokens, cache, admission).MapTo(app);
app.MapMetrics(status.RefreshAsync, [.. requests.All, .. status.Metrics, .. tokens.Metrics, .. admission.Metrics]);
await app.RunAsync();
return 0;

// Connections are renewed: an old one stays with a pod that is no endpoint of its Service any more.
Backend Open(string name, Uri address)
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
