using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Midwatch.LocalCluster.Network;

/// <summary>
/// One address and port of a service: accepts, and passes each connection on to one of the ready endpoints in turn.
/// </summary>
internal sealed class ServiceListener : IDisposable
{
    private const int HardClose = 0;
    private const int PortionBytes = 16 * 1024;

    private readonly Socket _listener;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private ImmutableArray<IPEndPoint> _backends;
    private uint _turn;
    private volatile bool _closed;
    private volatile ServiceTrouble? _trouble;
    private uint _count;

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

    /// <summary>What goes wrong from now on; null for nothing.</summary>
    public void Suffer(ServiceTrouble? trouble) => _trouble = trouble;

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
                if (await IsLostAsync(client))
                {
                    return;
                }

                var backends = _backends;
                await server.ConnectAsync(backends[(int)(Interlocked.Increment(ref _turn) % (uint)backends.Length)]);
                // Both streams first: a socket that was shut down one way no longer passes for connected.
                await using var near = new NetworkStream(client, ownsSocket: false);
                await using var far = new NetworkStream(server, ownsSocket: false);
                await Task.WhenAll(PumpAsync(near, far, slows: true), PumpAsync(far, near, slows: false));
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

    // Every second of fifty per cent, every tenth of ten: evenly, so that a few requests show it.
    private async Task<bool> IsLostAsync(Socket client)
    {
        var trouble = _trouble;
        if (trouble is { IsCut: true })
        {
            var sink = new byte[PortionBytes];
            while (ReferenceEquals(_trouble, trouble) && await client.ReceiveAsync(sink) > 0)
            {
            }

            return true;
        }

        if (trouble is not { FailingPercent: > 0 and var percent }
            || Interlocked.Increment(ref _count) * percent / 100 == (_count - 1) * percent / 100)
        {
            return false;
        }

        _ = await client.ReceiveAsync(new byte[PortionBytes]);
        _ = await client.SendAsync(Encoding.ASCII.GetBytes(ServiceTrouble.Answer));
        client.Shutdown(SocketShutdown.Send);
        return true;
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool slows)
    {
        await CopyAsync(from, to, slows);
        to.Socket.Shutdown(SocketShutdown.Send);
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool slows)
    {
        var buffer = new byte[PortionBytes];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
        {
            if (slows && _trouble is { Delay: var delay } && delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, TimeProvider.System);
            }

            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
