using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Midwatch.LocalCluster.Network.Names;

/// <summary>
/// A forward proxy on loopback by which programs outside of the cluster reach its services by name, and nothing else.
/// </summary>
internal sealed class NameProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly NameLookup _lookup;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<NameConnection, Task> _open = new();
    private readonly Task _accepting;

    private NameProxy(TcpListener listener, NameLookup lookup)
    {
        (_listener, _lookup) = (listener, lookup);
        Address = (IPEndPoint)listener.LocalEndpoint;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Starts to listen on a free port of 127.0.0.1.</summary>
    public static NameProxy Start(NameLookup lookup)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new(listener, lookup);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_open.Values);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var connection = new NameConnection(await _listener.AcceptSocketAsync(_stop.Token), _lookup);
                _open[connection] = ServeAsync(connection);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client was gone before it was taken, or we are to stop: the loop looks.
            }
        }
    }

    private async Task ServeAsync(NameConnection connection)
    {
        // Not before it stands in the list, from which it takes itself.
        await Task.Yield();
        await connection.ServeAsync(_stop.Token);
        _ = _open.TryRemove(connection, out _);
    }
}
