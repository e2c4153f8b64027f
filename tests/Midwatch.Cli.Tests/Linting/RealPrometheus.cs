using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Midwatch.Cli.Tests.Linting;

/// <summary>This machine's <c>prometheus</c> on a free port, with nothing to scrape and a store of its own.</summary>
internal sealed class RealPrometheus : IAsyncDisposable
{
    // So long may it take to answer on a machine that has much to do; it takes a second.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder;
    private readonly Process _process;

    private RealPrometheus(string folder, Process process, Uri address) =>
        (_folder, _process, Address) = (folder, process, address);

    internal Uri Address { get; }

    /// <summary>Starts it and waits until it answers; null where the machine has none.</summary>
    internal static async Task<RealPrometheus?> StartAsync(CancellationToken cancellationToken)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, "prometheus")).FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("midwatch-prometheus-").FullName;
        var config = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(config, "global: {}\n", cancellationToken);
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var process = Process.Start(new ProcessStartInfo(program,
        [
            $"--config.file={config}", $"--storage.tsdb.path={Path.Combine(folder, "data")}",
            $"--web.listen-address={address.Authority}", "--log.level=error",
        ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new RealPrometheus(folder, process, address);
        try
        {
            await server.AnswersAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it, so that nobody listens at its address any more.</summary>
    internal async Task EndAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience && !_process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Address, "/-/ready"), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        throw new InvalidOperationException($"prometheus does not answer at {Address}.");
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
