using Midwatch.Cli.Commands;
using Midwatch.Cli.Linting;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Tests.Linting;

/// <summary>
/// <c>midwatch lint</c> with what runs by itself: a cluster that is listed, a Prometheus that is asked.
/// </summary>
public sealed class LintSurroundingsTests : IDisposable
{
    private const string Runbook = """
        # Cart

        ```bash
        kubectl describe deployment/basket -n shop
        kubectl get pods -n shop -l app=cart
        ```

        ```promql
        sum(rate(errors_total{[5m]))
        ```
        """;

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-lint-").FullName;

    [Fact]
    public async Task A_cluster_is_listed_and_only_listed_and_what_is_not_there_is_told()
    {
        await using var cluster = new LoopbackServer(Api);

        var status = await Lint(request => request with
        {
            Cluster = true, Kubeconfig = Kubeconfig(cluster.Address), FailOn = "never",
        });

        Assert.Equal(0, status);
        Assert.Contains("MW5002: The cluster has no deployment 'basket'.", _output.ToString(),
            StringComparison.Ordinal);
        Assert.DoesNotContain("MW5003", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Job (", _error.ToString(), StringComparison.Ordinal);
        Assert.All(cluster.Asked, asked => Assert.StartsWith("GET ", asked, StringComparison.Ordinal));
        Assert.DoesNotContain(cluster.Asked, asked => asked.Contains("secrets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_no_clean_bill()
    {
        var status = await Lint(request => request with
        {
            Cluster = true, Kubeconfig = Kubeconfig(new Uri("http://127.0.0.1:1")),
        });

        Assert.Equal(3, status);
        Assert.Contains("127.0.0.1:1", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task A_running_Prometheus_is_asked_instead_of_promtool()
    {
        await using var prometheus = new LoopbackServer((path, body) => body.Contains("{[", StringComparison.Ordinal)
            ? (400, """{"status": "error", "errorType": "bad_data", "error": "1:23: parse error: it says so"}""")
            : (200, """{"status": "success", "data": "up"}"""));

        var status = await Lint(request => request with { Prometheus = prometheus.Address });

        Assert.Equal(1, status);
        Assert.Contains("MW6008: Prometheus rejects the query: 1:23: parse error: it says so.", _output.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(["POST /api/v1/format_query"], prometheus.Asked);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("localhost:9090", 2)]
    [InlineData("ftp://localhost", 2)]
    public async Task The_command_line_takes_the_address_of_a_Prometheus_and_nothing_else(string? given, int expected)
    {
        await using var prometheus = new LoopbackServer((_, body) => body.Contains("{[", StringComparison.Ordinal)
            ? (400, """{"status": "error", "errorType": "bad_data", "error": "1:23: parse error: it says so"}""")
            : (200, """{"status": "success", "data": "up"}"""));
        var file = Path.Combine(_folder, "cart.md");
        await File.WriteAllTextAsync(file, Runbook, TestContext.Current.CancellationToken);
        var screen = new Screen(_output, _error, colour: false, interactive: false);

        var status = await CommandLine.InvokeAsync(screen,
            ["lint", file, "--prometheus", given ?? prometheus.Address.ToString()]);

        Assert.Equal(expected, status);
        Assert.Equal(expected == 1, _output.ToString().Contains("it says so", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Something_else_that_answers_is_not_taken_for_a_Prometheus()
    {
        await using var other = new LoopbackServer((_, _) => (404, "not here"));

        Assert.Equal(3, await Lint(request => request with { Prometheus = other.Address }));
        Assert.Contains("does not answer as a Prometheus does (HTTP 404)", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_Prometheus_rejects_what_it_cannot_read_and_one_that_is_gone_is_no_clean_bill()
    {
        await using var prometheus = await RealPrometheus.StartAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(prometheus is null, "No 'prometheus' on PATH.");

        Assert.Equal(1, await Lint(request => request with { Prometheus = prometheus.Address }));
        Assert.Contains("cart.md:9:1: error MW6008: Prometheus rejects the query: ", _output.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("parse error", _output.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await Lint(request => request with { Prometheus = prometheus.Address },
            Runbook.Replace("{[5m]", "[5m]", StringComparison.Ordinal)));

        // It answers, with an error that is none about the query.
        Assert.Equal(3, await Lint(request => request with { Prometheus = new Uri(prometheus.Address, "/elsewhere") }));
        Assert.Contains("does not answer as a Prometheus does (HTTP 404)", _error.ToString(), StringComparison.Ordinal);

        await prometheus.EndAsync();
        Assert.Equal(3, await Lint(request => request with { Prometheus = prometheus.Address }));
        Assert.Contains($"{prometheus.Address}: ", _error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static (int Status, string Body) Api(string path, string body) => path switch
    {
        "/api/v1/namespaces" => (200, """{"items": [{"metadata": {"name": "shop"}}]}"""),
        "/api/v1/pods" => (200, """
            {"items": [{"metadata": {"name": "cart-0", "namespace": "shop", "labels": {"app": "cart"}},
              "spec": {"containers": [{"name": "web"}]}}]}
            """),
        "/apis/batch/v1/jobs" => (403, """{"kind": "Status", "message": "jobs are forbidden", "code": 403}"""),
        _ => (200, """{"items": []}"""),
    };

    private string Kubeconfig(Uri server)
    {
        var file = Path.Combine(_folder, "kubeconfig");
        File.WriteAllText(file, $$$"""
            apiVersion: v1
            kind: Config
            current-context: it
            contexts:
            - {name: it, context: {cluster: it, user: it}}
            clusters:
            - {name: it, cluster: {server: "{{{server.GetLeftPart(UriPartial.Authority)}}}"}}
            users:
            - {name: it, user: {}}
            """);
        return file;
    }

    private async Task<int> Lint(Func<LintRequest, LintRequest> change, string text = Runbook)
    {
        var file = Path.Combine(_folder, "cart.md");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var screen = new Screen(_output, _error, colour: false, interactive: false);
        return await new LintVerb(screen, TimeProvider.System).RunAsync(
            change(new LintRequest { Paths = [file], Format = "text", Disable = ["MW3001"] }),
            TestContext.Current.CancellationToken);
    }
}
