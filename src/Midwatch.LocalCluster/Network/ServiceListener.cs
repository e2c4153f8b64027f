using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Midwatch.LocalCluster.Network;

/// <summary>
/// One address and port of a service: accepts, and passes each connection on to one of the ready endpoints in turn.
/// </summary>
internal sealed class ServiceListener : IDisposable
{
    private const int HardClose = 0;

    private readonly Socket _listener;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private ImmutableArray<IPEndPoint> _backends;
    private uint _turn;
    private volatile bool _closed;

    private ServiceListener(Socket listener, ImmutableArray<IPEndPoint> backends)
    {
        _listener = listener;
        _backends = backends;
        _ = AcceptAsync();
    }

    /// <summary>Starts to listen; null when the address cannot be bound (a program on 0.0.0.0 has the port).</summary>
    public static ServiceListener? TryOpen(IPEndPoint address, ImmutableArray<IPEndPoint> backends)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            socket.Listen();
            return new(socket, backends);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <summary>
    /// New connections go to these from now on; those that are open stay where they are, as with kube-proxy.
    /// </summary>
    public void SendTo(ImmutableArray<IPEndPoint> backends) =>
        ImmutableInterlocked.InterlockedExchange(ref _backends, backends);

    /// <summary>Stops listening, so that a connection is refused. Open connections go on.</summary>
    public void Dispose()
    {
        _closed = true;
        _listener.Dispose();
    }

    /// <summary>Stops listening and ends the open connections.</summary>
    public void Abort()
    {
        Dispose();
        foreach (var socket in _open.Keys)
        {
            socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        while (!_closed)
        {
            try
            {
                var client = await _listener.AcceptAsync();
                _ = ForwardAsync(client);
            }
            catch (SocketException)
            {
                // A client that gave up before it was accepted, or the listener was closed.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            _open[client] = _open[server] = true;
            try
            {
                client.NoDelay = server.NoDelay = true;
                var backends = _backends;
                await server.ConnectAsync(backends[(int)(Interlocked.Increment(ref _turn) % (uint)backends.Length)]);
                // Both streams first: a socket that was shut down one way no longer passes for connected.
                await using var near = new NetworkStream(client, ownsSocket: false);
                await using var far = new NetworkStream(server, ownsSocket: false);
                await Task.WhenAll(PumpAsync(near, far), PumpAsync(far, near));
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                Reset(client);
            }
            finally
            {
                _open.TryRemove(client, out _);
                _open.TryRemove(server, out _);
            }
        }
    }

    // The client of a real service would see the endpoint's own reset; an orderly end would look like an empty answer.
    private static void Reset(Socket client)
    {
        try
        {
            client.LingerState = new LingerOption(enable: true, HardClose);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
            client.Dispose();
        }
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        await from.CopyToAsync(to);
        to.Socket.Shutdown(SocketShutdown.Send);
    }
}
