using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Midwatch.LocalCluster.Api.Access;
using Midwatch.LocalCluster.Objects.Collection;

namespace Midwatch.LocalCluster.Api;

/// <summary>The Kubernetes API of the embedded cluster, over HTTPS on 127.0.0.1.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    // Bytes; a connection takes so much only while its client reads slower than is written.
    private const int WriteBufferMax = 2 * 1024 * 1024;

    private readonly WebApplication _application;
    private readonly RequestRouter _router;
    private readonly CancellationTokenSource _stop = new();
    private Task _collecting = Task.CompletedTask;

    private ApiServer(WebApplication application, RequestRouter router, Uri address)
    {
        _application = application;
        _router = router;
        Address = address;
    }

    /// <summary>Where the server listens, as https://127.0.0.1:43210.</summary>
    public Uri Address { get; }

    /// <summary>Starts serving.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ApiServer> StartAsync(ApiServerOptions options, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var certificate = options.Authority.IssueServer(
            ["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local"],
            [IPAddress.Loopback]);
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // Watches and log followers stay silent for as long as nothing happens.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MaxRequestBodySize = 3 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                _ = listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = certificate,
                    ClientCertificateMode = ClientCertificateMode.AllowCertificate,

                    // Whom a certificate speaks for is the authenticator's business: a wrong one gets a 401, not a
                    // broken connection.
                    ClientCertificateValidation = (_, _, _) => true,
                });
            });
        });
        // A list is handed to the connection whole: with 64 KiB its writer and its sender wait for each other in turns.
        _ = builder.Services.Configure<SocketTransportOptions>(sockets => sockets.MaxWriteBufferSize = WriteBufferMax);
        var application = builder.Build();
        var router = new RequestRouter(
            options, new Authenticator(options.Tokens, options.Authority), application.Lifetime.ApplicationStopping);
        application.Run(router.HandleAsync);
        await application.StartAsync(ct);
        var features = application.Services.GetRequiredService<IServer>().Features;
        var bound = features.Get<IServerAddressesFeature>()!.Addresses.First();
        var server = new ApiServer(application, router, new Uri($"https://127.0.0.1:{new Uri(bound).Port}"));
        server._collecting = new GarbageCollector(options.Store, options.Time).RunAsync(server._stop.Token);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _collecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();

        // Nobody may hold the cluster up: followers and watches are cut.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _router.Dispose();
    }
}
