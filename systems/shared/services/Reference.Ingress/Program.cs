using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Reference.ClusterApi;
using Reference.Ingress;
using Reference.Telemetry;
using Reference.Web;

RouteTable? table = null;
return await ServiceHost.RunAsync("ingress", Settings, async (account, service) =>
{
    ImmutableArray<string> spaces = [.. (Variables.Process.Find("NAMESPACES") ?? account.Namespace)
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    using var api = new ApiReader(account);
    var routes = table = new RouteTable(api, spaces, TimeProvider.System, service.Log);
    using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
    using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
    var requests = service.Measure(TimeProvider.System);
    service.App.MapGet("/healthz", () => routes.IsKnown ? Results.Text("ok") : Results.StatusCode(503))
        .RequireHost("*:10254");
    service.App.MapMetrics(null, requests.All);
    service.App.MapFallback(new Forwarder(routes, http, service.Log).HandleAsync);
    await service.RunAsync(routes.FollowAsync);
}, Listen);

static PodAccount Settings()
{
    _ = Address();
    return PodAccount.Read(Environment.GetEnvironmentVariable);
}

static IPAddress Address() => IPAddress.TryParse(Variables.Process.Need("POD_IP"), out var pod)
    ? pod : throw new FormatException("POD_IP is no address.");

void Listen(WebApplicationBuilder builder)
{
    var address = Address();
    builder.WebHost.UseKestrelHttpsConfiguration();
    builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.Listen(address, 8080);
        kestrel.Listen(address, 8443, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificateSelector = (_, _) => table?.Certificate,
        }));
        kestrel.Listen(address, 10254); // health and metrics, where ingress-nginx has them
    });
}
