using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Midwatch.Engine;

namespace Midwatch.Server.Intake;

/// <summary>
/// Takes alerts over HTTP: from Prometheus itself, or from whatever speaks Alertmanager's API v2. Loopback only. A
/// storm is never refused; an alert is answered with 200 once it is durable.
/// </summary>
public sealed class IntakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IntakeServer(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Where it listens, such as <c>http://127.0.0.1:9094</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts to listen.</summary>
    public static async Task<IntakeStart> StartAsync(
        IntakeOptions options, IAlertAcceptor engine, CancellationToken cancellationToken)
    {
        // Nothing of the directory that a person happens to be in: no appsettings.json, and no watch on its files.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Address, options.Port);
            kestrel.Limits.MaxRequestBodySize = options.BodyBytesMost;
            kestrel.AddServerHeader = false;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        new AlertEndpoints(options, engine).Map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            return new IntakeStart.Refused(
                $"Port {options.Port} on {options.Address} is in use{PortOwner.Find(options.Port)}.",
                "Stop that program, or choose another port (--port N; 0 takes a free one).");
        }
        catch (Exception problem) when (problem is SocketException or IOException)
        {
            await app.DisposeAsync();
            return new IntakeStart.Refused(
                $"Port {options.Port} on {options.Address} cannot be listened on: {problem.Message}",
                "Choose a port above 1023 (--port N; 0 takes a free one).");
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        return new IntakeStart.Listening(new IntakeServer(app, new Uri((addresses ?? []).First())));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
