using System.Net;
using System.Net.Sockets;

namespace Midwatch.Cli.Demo;

/// <summary>
/// A port that nobody listens on: Prometheus is told of it before Midwatch listens there.
/// </summary>
internal static class FreePort
{
    internal static IPEndPoint At(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
