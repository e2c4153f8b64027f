using System.Net;
using System.Net.Sockets;

namespace Midwatch.Cli.Demo;

/// <summary>
/// A port on 127.0.0.1 that nobody listens on: Prometheus is told of it before Midwatch listens there.
/// </summary>
internal static class FreePort
{
    internal static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
