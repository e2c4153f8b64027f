using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Midwatch.Execution.Steps;

namespace Midwatch.Execution.Tests.Steps;

public sealed class PortForwardTests
{
    [Theory]
    [InlineData("kubectl port-forward -n n svc/x {0}:8080 &")]
    [InlineData("kubectl port-forward -n n svc/x {0}:8080")]
    public async Task A_forward_is_held_until_its_group_ends(string text)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"),
            "redis-server is not installed: it stands for the forwarder here");
        await using var bench = new Bench();
        var port = FreePort();
        bench.Script("kubectl", $"sleep 0.2; exec redis-server --bind 127.0.0.1 --port {port} --save ''");
        var outcome = await bench.RunAsync(string.Format(CultureInfo.InvariantCulture, text, port));
        Assert.Equal((CommandEnd.Held, null), (outcome.End, outcome.Remark));
        Assert.True(ListeningPorts.IsOpen(port));
        await bench.RunAsync("true");
        Assert.True(ListeningPorts.IsOpen(port));
        await bench.Runner.EndGroupAsync();
        Assert.False(ListeningPorts.IsOpen(port));
    }

    [Fact]
    public async Task A_taken_port_is_an_error_that_names_the_owner()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var bench = new Bench();
        bench.Script("kubectl", "sleep 30");
        var outcome = await bench.RunAsync($"kubectl port-forward svc/x {port}:8080 &");
        Assert.False(outcome.IsWell);
        Assert.Empty(outcome.Started);
        var refusal = Assert.Single(outcome.Refusals);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forward_that_ends_at_once_has_failed()
    {
        await using var bench = new Bench();
        bench.Script("kubectl", "echo 'error: services not found' >&2; exit 1");
        var outcome = await bench.RunAsync($"kubectl port-forward svc/x {FreePort()}:8080 &");
        Assert.Equal((CommandEnd.Failed, 1), (outcome.End, outcome.ExitCode));
        Assert.Contains("services not found", outcome.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kubectl port-forward svc/x 8080:80", 8080)]
    [InlineData("kubectl port-forward pod/x 9090", 9090)]
    [InlineData("kubectl port-forward -n n pod/x :http", 0)]
    public void The_local_port_is_read(string text, int port) =>
        Assert.Equal([port], PortForward.LocalPorts([.. text.Split(' ')]));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
