using System.Net;
using System.Net.Sockets;

namespace Midwatch.LocalCluster.Network;

/// <summary>Gives each pod a loopback address of its own, and gives none again while there are fresh ones.</summary>
internal sealed class PodAddressAllocator(LoopbackRange range)
{
    private const int Count = 127 * 254;

    private readonly Lock _lock = new();
    private readonly HashSet<IPAddress> _taken = [];
    private int _next;

    /// <summary>A free address, or null when there is none left.</summary>
    public IPAddress? Allocate()
    {
        lock (_lock)
        {
            for (var attempt = 0; attempt < Count; attempt++)
            {
                var address = range.Pod(_next);
                _next = (_next + 1) % Count;
                if (!_taken.Contains(address) && CanBeBound(address))
                {
                    _taken.Add(address);
                    return address;
                }
            }

            return null;
        }
    }

    public void Release(IPAddress address)
    {
        lock (_lock)
        {
            _taken.Remove(address);
        }
    }

    private static bool CanBeBound(IPAddress address)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
