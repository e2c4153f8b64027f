using System.Text;
using Midwatch.LocalCluster.Network.Names;

namespace Midwatch.LocalCluster.Tests.Network;

public sealed class NameRequestTests
{
    [Theory]
    [InlineData("GET http://web:8000/a?b=%7B", "web", 8000, "GET /a?b=%7B HTTP/1.1")]
    [InlineData("GET http://web", "web", 80, "GET / HTTP/1.1")]
    [InlineData("HEAD http://user@web.shop.svc?x={a}", "web.shop.svc", 80, "HEAD /?x={a} HTTP/1.1")]
    public void A_request_goes_on_with_its_path_to_the_letter(string first, string host, int port, string rewritten)
    {
        var request = NameRequest.Read($"{first} HTTP/1.1\r\nHost: other\r\nX-Mine: 1\r\nProxy-Connection: keep-alive"
            + "\r\nConnection: X-Hop\r\nX-Hop: 2");
        Assert.NotNull(request);
        Assert.Equal((host, port, false, 0L), (request.Host, request.Port, request.IsTunnel, request.BodyLength));
        var lines = request.Head.Split("\r\n");
        Assert.Equal(rewritten, lines[0]);
        Assert.Equal(["X-Mine: 1", "Connection: close", "", ""], lines[2..]);
        Assert.StartsWith($"Host: {host}", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_tunnel_names_its_port_and_the_asker_is_the_users_name()
    {
        var code = Convert.ToBase64String(Encoding.UTF8.GetBytes("shop:"));
        var request = NameRequest.Read($"CONNECT web:443 HTTP/1.1\r\nProxy-Authorization: Basic {code}");
        Assert.Equal(new NameRequest("web", 443, "shop", true, "", null), request);
        Assert.Equal("default", NameRequest.Read("CONNECT web:443 HTTP/1.1")?.Asker);
        Assert.Equal("default", NameRequest.Read("CONNECT web:443 HTTP/1.1\r\nProxy-Authorization: Basic *")?.Asker);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("GET https://web/ HTTP/1.1")]
    [InlineData("GET http://:80/ HTTP/1.1")]
    [InlineData("GET http://web:0/ HTTP/1.1")]
    [InlineData("GET http://web:99999/ HTTP/1.1")]
    [InlineData("GET http://web/ HTTP/2")]
    [InlineData("CONNECT web HTTP/1.1")]
    [InlineData("GET http://web/ HTTP/1.1\r\nno field")]
    [InlineData("POST http://web/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2")]
    [InlineData("POST http://web/ HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked")]
    [InlineData("POST http://web/ HTTP/1.1\r\nContent-Length: -1")]
    public void What_is_no_request_to_a_proxy_is_not_read(string head) => Assert.Null(NameRequest.Read(head));

    [Fact]
    public void A_chunked_body_says_itself_where_it_ends() => Assert.Null(
        NameRequest.Read("POST http://web/ HTTP/1.1\r\nTransfer-Encoding: chunked")!.BodyLength);
}
