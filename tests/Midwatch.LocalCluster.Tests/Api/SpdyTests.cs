using System.IO.Compression;
using Midwatch.LocalCluster.Api.Spdy;

namespace Midwatch.LocalCluster.Tests.Api;

public sealed class SpdyTests
{
    [Fact]
    public void The_dictionary_is_the_one_that_zlib_streams_name()
    {
        uint low = 1, high = 0;
        foreach (var one in SpdyDictionary.Bytes)
        {
            low = (low + one) % 65521;
            high = (high + low) % 65521;
        }

        Assert.Equal(1423, SpdyDictionary.Bytes.Length);
        Assert.Equal(SpdyDictionary.Id, (high << 16) | low);
    }

    [Fact]
    public void Header_blocks_of_a_go_client_are_read_over_one_stream()
    {
        // As kubectl 1.33 sent them: the first with zlib's header, the second without.
        using var reader = new SpdyHeaderReader();
        byte[] plain = [0, 0, 0, 1, 0, 0, 0, 4, .. "port"u8, 0, 0, 0, 2, .. "80"u8];
        byte[] header = [0x78, 0xbb, 0xe3, 0xc6, 0xa7, 0xc2];

        var first = reader.Read([.. header, .. StoredBlock.Of(plain), .. StoredBlock.Of([])]);
        var second = reader.Read(Deflated(plain));

        Assert.Equal("80", first["port"]);
        Assert.Equal("80", second["port"]);
    }

    [Fact]
    public async Task Frames_are_read_as_they_were_written()
    {
        using var wire = new MemoryStream();
        using (var writer = new SpdyConnection(wire))
        {
            await writer.WriteDataAsync(3, "hello"u8.ToArray(), isLast: true, TestContext.Current.CancellationToken);
            await writer.WriteReplyAsync(5, TestContext.Current.CancellationToken);
            await writer.WriteWindowAsync(5, 1000, TestContext.Current.CancellationToken);
        }

        wire.Position = 0;
        using var reader = new SpdyConnection(wire);
        var data = Assert.IsType<SpdyFrame.Data>(await reader.ReadAsync(TestContext.Current.CancellationToken));
        var reply = Assert.IsType<SpdyFrame.Control>(await reader.ReadAsync(TestContext.Current.CancellationToken));
        var window = Assert.IsType<SpdyFrame.Control>(await reader.ReadAsync(TestContext.Current.CancellationToken));

        Assert.Equal((3, true, "hello"),
            (data.StreamId, data.IsFin, System.Text.Encoding.UTF8.GetString(data.Payload)));
        Assert.Equal(SpdyFrameType.SynReply, reply.Type);
        Assert.Equal(SpdyFrameType.WindowUpdate, window.Type);
        Assert.Null(await reader.ReadAsync(TestContext.Current.CancellationToken));
    }

    private static byte[] Deflated(byte[] plain)
    {
        using var buffer = new MemoryStream();
        using (var deflate = new DeflateStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(plain);
            deflate.Flush();
            return buffer.ToArray();
        }
    }
}
