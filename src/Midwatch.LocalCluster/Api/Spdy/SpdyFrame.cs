namespace Midwatch.LocalCluster.Api.Spdy;

/// <summary>One frame of SPDY/3.1.</summary>
/// <param name="Flags">Bit 0 is FIN: the sender sends no more on this stream.</param>
internal abstract record SpdyFrame(byte Flags, byte[] Payload)
{
    public const byte Fin = 1;

    public bool IsFin => (Flags & Fin) != 0;

    /// <summary>Bytes of a stream.</summary>
    internal sealed record Data(int StreamId, byte Flags, byte[] Payload) : SpdyFrame(Flags, Payload);

    /// <summary>
    /// Everything else; the type is one of <see cref="SpdyFrameType"/>, or unknown and to be ignored.
    /// </summary>
    internal sealed record Control(int Type, byte Flags, byte[] Payload) : SpdyFrame(Flags, Payload);
}
