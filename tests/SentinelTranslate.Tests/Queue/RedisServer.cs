using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Reference.Redis;

namespace SentinelTranslate.Tests.Queue;

/// <summary>A real redis-server for one test.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";
    private const string Ready = "Ready to accept";
    private const StringComparison Ordinal = StringComparison.Ordinal;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private readonly Process _process;

    private RedisServer(Process process, RedisAddress address)
    {
        _process = process;
        Address = address;
    }

    public RedisAddress Address { get; }

    /// <summary>Starts one and waits until it answers; skips the test where there is no redis-server.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        Assert.SkipUnless(File.Exists(Program), "redis-server is not installed (apt-get install redis-server)");
        var address = new RedisAddress("127.0.0.1", FreePort(), 0);
        string[] arguments = ["--bind", "127.0.0.1", "--port", $"{address.Port}", "--save", "", "--appendonly", "no"];
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var server = new RedisServer(process, address);
        using var deadline = new CancellationTokenSource(StartLimit);
        var output = process.StandardOutput;
        while (await output.ReadLineAsync(deadline.Token) is not { } line || !line.Contains(Ready, Ordinal))
        {
            Assert.False(process.HasExited, "redis-server ended before it was ready");
        }

        return server;
    }

    public RedisClient Client(int database) => new(Address with { Database = database }, TimeProvider.System);

    /// <summary>Stops it without ending it, as a hanging broker; the next call lets it go on.</summary>
    public void Freeze(bool frozen)
    {
        using var kill = Process.Start("/bin/kill", [frozen ? "-STOP" : "-CONT", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
