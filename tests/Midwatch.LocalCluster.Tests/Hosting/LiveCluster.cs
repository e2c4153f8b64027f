using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Hosting;
using Midwatch.LocalCluster.Tests.Hosting;

[assembly: AssemblyFixture(typeof(LiveCluster))]

namespace Midwatch.LocalCluster.Tests.Hosting;

/// <summary>
/// A whole cluster in this process, with images of sh and redis; shared by the tests, each in a namespace of its own.
/// </summary>
public sealed class LiveCluster : IAsyncLifetime
{
    // MODE is the tag. "crash" becomes ready, ends after two seconds, and then fails at once, for its lock file stays.
    private const string App = """
        {"repository": "test/app", "tags": {"good": {"environment": {"MODE": "good"} }, "better": {"environment": {"MODE": "better"} },
          "hang": {"environment": {"MODE": "hang"} }, "crash": {"environment": {"MODE": "crash"} } },
         "entrypoint": ["sh", "-c", "case $MODE in crash) [ -e \"$MIDWATCH_ROOT/cache/lock\" ] && exit 1; : > \"$MIDWATCH_ROOT/cache/lock\"; sleep 2; exit 1;; *) exec sleep 1000;; esac"]}
        """;

    private const string Redis =
        """{"repository": "docker.io/library/redis", "tags": {"7.0": {} }, "entrypoint": ["redis-server"]}""";

    // Says its colour, and whether it can write to /data; serves nothing below "/".
    private const string Web = """
        {"repository": "test.example/web", "tags": {"1.0": {} }, "pullCredentials": {"username": "robot", "password": "right"},
         "entrypoint": ["python3", "{image}/web.py"]}
        """;

    private const string WebProgram = """
        import http.server, os, time
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                try:
                    name = os.environ.get('MIDWATCH_ROOT', '') + '/data/probe' + str(time.time_ns())
                    with open(name, 'wb') as file:
                        file.write(b'x' * 65536)
                        os.fsync(file.fileno())
                    os.remove(name)
                    disk = 'written'
                except OSError as error:
                    disk = error.strerror
                body = (os.environ['COLOUR'] + ' ' + disk).encode()
                self.send_response(200 if self.path == '/' else 404)
                self.send_header('Content-Length', str(len(body)))
                self.send_header('Connection', 'close')
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *rest): pass
        http.server.ThreadingHTTPServer((os.environ['POD_IP'], int(os.environ['PORT'])), Handler).serve_forever()
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-cluster-").FullName;
    private ClusterHost? _cluster;
    private AdminConnection? _api;

    public string DataDirectory => Path.Combine(_folder, "data");

    public ClusterHost Cluster => _cluster ?? throw new InvalidOperationException("The cluster has not started.");

    internal AdminConnection Api => _api ?? throw new InvalidOperationException("The cluster has not started.");

    public ClusterOptions Options(string dataDirectory, int port = 0) => new()
    {
        DataDirectory = dataDirectory,
        Port = port,
        ImageDirectories = () => [Path.Combine(_folder, "images")],
        ProgramsDirectory = _folder,
    };

    public async ValueTask InitializeAsync()
    {
        WriteImage("app", App);
        WriteImage("redis", Redis);
        WriteImage("web", Web);
        var start = await ClusterHost.StartAsync(Options(DataDirectory), TestContext.Current.CancellationToken);
        _cluster = Assert.IsType<ClusterStart.Started>(start).Cluster;
        _api = AdminConnection.Open(_cluster.KubeconfigPath);
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        // On a busy machine the last pods' folders still go when the cluster's two seconds are over.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    /// <summary>Applies manifests as the command line does, and takes every failure for the test's.</summary>
    public async Task ApplyAsync(string yaml, string ns)
    {
        var file = Path.Combine(_folder, ns + ".yaml");
        await File.WriteAllTextAsync(file, yaml, TestContext.Current.CancellationToken);
        using var applier = new ManifestApplier(Cluster.KubeconfigPath);
        var results = await applier.ApplyAsync(
            file, new Dictionary<string, string> { ["NS"] = ns }, TestContext.Current.CancellationToken);
        Assert.Empty(results.OfType<ManifestResult.Failed>().Select(failed => failed.Reason));
    }

    /// <summary>Follows objects until they are as wanted, at most two minutes.</summary>
    internal async Task<ImmutableArray<JsonObject>> UntilAsync(
        string path, Func<IReadOnlyCollection<JsonObject>, bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        ImmutableArray<JsonObject> last = [];
        try
        {
            await foreach (var objects in Api.FollowAsync(path, limit.Token))
            {
                last = [.. objects];
                if (isSo(objects))
                {
                    return last;
                }
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Assert.Fail(
                $"{path} did not come to be as expected; last: {string.Join('\n', last.Select(each => each.At("status")?.ToJsonString()))}");
        }

        return last;
    }

    private void WriteImage(string name, string json)
    {
        var folder = Path.Combine(_folder, "images", name);
        _ = Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "web.py"), WebProgram);
        File.WriteAllText(Path.Combine(folder, "image.json"), json);
    }
}
