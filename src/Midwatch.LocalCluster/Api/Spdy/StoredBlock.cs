using System.Buffers.Binary;

namespace Midwatch.LocalCluster.Api.Spdy;

/// <summary>Deflate blocks that store instead of compressing (RFC 1951, 3.2.4).</summary>
internal static class StoredBlock
{
    private const int HeaderLength = 5;

    /// <summary>One block that is not the last, byte-aligned.</summary>
    public static byte[] Of(ReadOnlySpan<byte> data)
    {
        var block = new byte[HeaderLength + data.Length];
        var length = checked((ushort)data.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(1), length);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(3), (ushort)(length ^ ushort.MaxValue));
        data.CopyTo(block.AsSpan(HeaderLength));
        return block;
    }
}
