using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reference.ClusterApi;
using Reference.Ingress;
using Reference.Telemetry;

PodAccount account;
IPAddress address;
try
{
    account = PodAccount.Read(Environment.GetEnvironmentVariable);
    address = IPAddress.TryParse(Environment.GetEnvironmentVariable("POD_IP"), out var pod)
        ? pod : throw new FormatException("POD_IP is not set, or no address.");
}
catch (FormatException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 2;
}

ImmutableArray<string> spaces = [.. (Environment.GetEnvironmentVariable("NAMESPACES") ?? account.Namespace)
    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
using var logging = LoggerFactory.Create(ServiceLogging.Configure);
var log = logging.CreateLogger("ingress");
using var api = new ApiReader(account);
var routes = new RouteTable(api, spaces, TimeProvider.System, log);
var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Listen(address, 8080);
    kestrel.Listen(address, 8443, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
    {
        ServerCertificateSelector = (_, _) => routes.Certificate,
    }));
    kestrel.Listen(address, 10254); // health and metrics, where ingress-nginx has them
});
await using var app = builder.Build();
using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
var requests = new RequestMetrics(TimeProvider.System);
requests.AddTo(app);
app.MapGet("/healthz", () => routes.IsKnown ? Results.Text("ok") : Results.StatusCode(503)).RequireHost("*:10254");
app.MapMetrics(null, requests.All);
app.MapFallback(new Forwarder(routes, http, log).HandleAsync);
await app.StartAsync();
var following = routes.FollowAsync(app.Lifetime.ApplicationStopping);
await app.WaitForShutdownAsync();
await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
return 0;
