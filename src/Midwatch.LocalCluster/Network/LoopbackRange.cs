using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Midwatch.LocalCluster.Network;

/// <summary>
/// A /16 of 127.0.0.0/8 that belongs to one cluster. On Linux every address of 127.0.0.0/8 can be bound without setup;
/// two clusters on one machine must not meet, so the range is held by a listener on its first node's kubelet port.
/// </summary>
internal sealed class LoopbackRange : IDisposable
{
    private const int KubeletPort = 10250;
    private const int FirstSecondByte = 64;
    private const int RangeCount = 128;

    private readonly Socket _holder;
    private readonly byte _second;

    private LoopbackRange(Socket holder, byte second) => (_holder, _second) = (holder, second);

    /// <summary>The range that services get their addresses from, as Kubernetes writes it.</summary>
    public string ServiceRange => $"127.{_second}.128.0/17";

    /// <summary>Takes a range that no running cluster has; null when all are taken or nothing can be bound.</summary>
    public static LoopbackRange? Reserve()
    {
        var start = RandomNumberGenerator.GetInt32(RangeCount);
        for (var attempt = 0; attempt < RangeCount; attempt++)
        {
            var second = (byte)(FirstSecondByte + ((start + attempt) % RangeCount));
            var holder = Hold(second);
            if (holder is not null)
            {
                return new(holder, second);
            }
        }

        return null;
    }

    /// <summary>The address of a node, counted from 0.</summary>
    public IPAddress Node(int index) => At(third: 0, fourth: index + 1);

    /// <summary>The n-th pod address.</summary>
    public IPAddress Pod(int index) => At(1 + (index / 254), 1 + (index % 254));

    /// <summary>The n-th service address.</summary>
    public IPAddress Service(int index) => At(128 + (index / 254), 1 + (index % 254));

    /// <summary>True for an address that a service of this cluster may have.</summary>
    public bool IsService(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 && bytes[0] == 127 && bytes[1] == _second && bytes[2] >= 128;
    }

    public void Dispose() => _holder.Dispose();

    private static Socket? Hold(byte second)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(new IPAddress([127, second, 0, 1]), KubeletPort));
            socket.Listen();
            return socket;
        }
        catch (SocketException)
        {
            // Another cluster has it.
            socket.Dispose();
            return null;
        }
    }

    private IPAddress At(int third, int fourth) => new([127, _second, (byte)third, (byte)fourth]);
}
