using System.Text;
using Reference.Redis.Resp;

namespace SentinelTranslate.Tests.Queue;

public sealed class RespReaderTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_reply_is_read()
    {
        var replies = "+OK\r\n-ERR no\r\n:42\r\n$6\r\nça va\r\n$-1\r\n*2\r\n$1\r\na\r\n:1\r\n*-1\r\n"u8.ToArray();
        using var stream = new MemoryStream(replies);
        var reader = new RespReader(stream);
        Assert.Equal(new RespValue.Status("OK"), await reader.ReadAsync(Cancelled));
        Assert.Equal(new RespValue.Error("ERR no"), await reader.ReadAsync(Cancelled));
        Assert.Equal(new RespValue.Number(42), await reader.ReadAsync(Cancelled));
        Assert.Equal(new RespValue.Bulk("ça va"), await reader.ReadAsync(Cancelled));
        Assert.Equal(new RespValue.Bulk(null), await reader.ReadAsync(Cancelled));
        var list = Assert.IsType<RespValue.List>(await reader.ReadAsync(Cancelled));
        Assert.Equal([new RespValue.Bulk("a"), new RespValue.Number(1)], list.Items);
        Assert.Empty(Assert.IsType<RespValue.List>(await reader.ReadAsync(Cancelled)).Items);
        await Assert.ThrowsAsync<EndOfStreamException>(async () => await reader.ReadAsync(Cancelled));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("\r\n")]
    [InlineData(":forty\r\n")]
    [InlineData("$99999999999\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")]
    public async Task What_is_not_resp_is_refused(string answer)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(answer));
        await Assert.ThrowsAsync<RespProtocolException>(async () => await new RespReader(stream).ReadAsync(Cancelled));
    }

    [Fact]
    public void No_argument_can_start_a_second_command()
    {
        var bytes = RespRequest.Encode("LPUSH", "celery", "x\r\n*1\r\n$8\r\nFLUSHALL\r\n");
        const string Expected = "*3\r\n$5\r\nLPUSH\r\n$6\r\ncelery\r\n$21\r\n";
        Assert.StartsWith(Expected, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }
}
