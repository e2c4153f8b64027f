using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Midwatch.LocalCluster.Kubelet.Probes;

namespace Midwatch.LocalCluster.Tests.Kubelet;

/// <summary>Looks by gRPC at a server that speaks HTTP/2 without TLS.</summary>
public sealed class GrpcProbeTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("", 1, "0", null)]
    [InlineData("orders", 1, "0", null)]
    [InlineData("orders", 2, "0", "service unhealthy (responded with \"NOT_SERVING\")")]
    [InlineData("", 1, "12",
        "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): no way")]
    [InlineData("", 1, "5", "error: health rpc probe failed: rpc error: code = NotFound desc = no way")]
    public async Task It_says_what_the_kubelet_says(string service, int state, string status, string? failure)
    {
        var ct = TestContext.Current.CancellationToken;
        byte[] asked = [];
        await using var server = await ServeAsync(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, ct);
            asked = body.ToArray();
            Assert.Equal("/grpc.health.v1.Health/Check", http.Request.Path.Value);
            http.Response.ContentType = "application/grpc";
            await http.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 2, 8, (byte)state }, ct);
            http.Response.AppendTrailer("grpc-status", status);
            http.Response.AppendTrailer("grpc-message", status == "0" ? "" : "no%20way");
        });
        using var probe = new GrpcProbe();
        var outcome = await probe.LookAsync(service, "127.0.0.1", PortOf(server), Long, TimeProvider.System, ct);
        Assert.Equal((failure is null, failure ?? ""), (outcome.Succeeded, outcome.Output));
        Assert.Equal(GrpcProbe.Question(service), asked);
    }

    [Fact]
    public async Task Nobody_there_is_a_connection_that_took_too_long()
    {
        using var probe = new GrpcProbe();
        var outcome = await probe.LookAsync(
            "", "127.0.0.1", 1, Long, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(
            "timeout: failed to connect service \"127.0.0.1:1\" within 30s: context deadline exceeded", outcome.Output);
    }

    [Fact]
    public void A_long_name_has_its_length_in_two_bytes()
    {
        var question = GrpcProbe.Question(new string('a', 200));
        Assert.Equal([0, 0, 0, 0, 203, 10, 0xC8, 1, (byte)'a'], question[..9]);
    }

    private static int PortOf(WebApplication server) => new Uri(server.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _ = builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
