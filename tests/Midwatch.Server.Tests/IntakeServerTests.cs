using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Midwatch.Engine;
using Midwatch.Engine.Intake;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Journal;
using Midwatch.Server.Intake;
using Midwatch.Testing;

namespace Midwatch.Server.Tests;

public sealed class IntakeServerTests : IAsyncLifetime
{
    private const string Firing = """
        [{"labels":{"alertname":"FrontDown","namespace":"shop","empty":""},
          "annotations":{"summary":"No front answers."},
          "startsAt":"2025-12-31T23:59:00Z","endsAt":"2026-01-01T00:04:00Z",
          "generatorURL":"http://127.0.0.1:9090/graph"}]
        """;

    private readonly RecordingEngine _engine = new();
    private readonly HttpClient _client = new();
    private IntakeServer? _server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new IntakeOptions { Time = new ManualTimeProvider(), Version = "0.1", BodyBytesMost = 20_000 };
        _server = Assert.IsType<IntakeStart.Listening>(await IntakeServer.StartAsync(options, _engine, Token)).Server;
        _client.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task An_alert_as_Prometheus_sends_it_is_taken()
    {
        var answer = await PostAsync(Firing);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var alert = Assert.Single(_engine.Alerts);
        Assert.Equal(("FrontDown", "shop", null), (alert.Name, alert.Label("namespace"), alert.Label("empty")));
        Assert.Equal(AlertStatus.Firing, alert.Status);
        Assert.Equal("No front answers.", alert.Annotation("summary"));
        Assert.Equal("http://127.0.0.1:9090/graph", alert.Generator);
    }

    [Fact]
    public async Task An_alert_that_has_ended_is_resolved()
    {
        await PostAsync(Firing.Replace("2026-01-01T00:04:00Z", "2026-01-01T00:00:00Z", StringComparison.Ordinal));
        Assert.Equal(AlertStatus.Resolved, Assert.Single(_engine.Alerts).Status);
    }

    [Fact]
    public async Task Without_times_an_alert_starts_now_and_fires()
    {
        await PostAsync(
            """[{"labels":{"alertname":"A"},"startsAt":"0001-01-01T00:00:00Z","endsAt":"0001-01-01T00:00:00Z"}]""");
        var alert = Assert.Single(_engine.Alerts);
        Assert.Equal(new ManualTimeProvider().GetUtcNow(), alert.StartsAt);
        Assert.Equal(AlertStatus.Firing, alert.Status);
    }

    [Fact]
    public async Task The_answer_comes_only_after_the_engine_has_made_it_durable()
    {
        var durable = new TaskCompletionSource();
        _engine.Durable = durable.Task;
        var answer = PostAsync(Firing);
        await _engine.Called.Task.WaitAsync(Token);
        Assert.False(answer.IsCompleted);
        durable.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await answer).Status);
    }

    [Fact]
    public async Task What_cannot_be_made_durable_is_answered_with_503_so_that_it_is_sent_again()
    {
        _engine.Durable = Task.FromException(new StoreFailedException("The disk is full.", "Free space."));
        var (status, text) = await PostAsync(Firing);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("The disk is full. Free space.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("{}", "must be a list")]
    [InlineData("[1]", "alert 0: it is not an object")]
    [InlineData("[{}]", "alert 0: at least one label pair required")]
    [InlineData("""[{"labels":{"a":1}}]""", "alert 0: labels: the value of 'a' must be a string")]
    [InlineData("""[{"labels":{"a b":"c"}}]""", "alert 0: labels: invalid name 'a b'")]
    [InlineData("""[{"labels":{"a":"b"},"startsAt":"yesterday"}]""", "alert 0: startsAt must be a time such as")]
    [InlineData(
        """[{"labels":{"a":"b"},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2025-01-01T00:00:00Z"}]""",
        "alert 0: start time must be before end time")]
    public async Task A_body_that_is_wrong_is_answered_with_400_and_the_reason(string body, string reason)
    {
        var (status, text) = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(reason, text.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(_engine.Alerts);
    }

    [Fact]
    public async Task Of_a_list_the_good_ones_are_taken_and_the_others_told_about()
    {
        var (status, text) = await PostAsync("""[{"labels":{}},{"labels":{"alertname":"A"}}]""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("alert 0", text, StringComparison.Ordinal);
        Assert.Equal("A", Assert.Single(_engine.Alerts).Name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_beyond_the_limit_is_answered_with_413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v2/alerts")
        {
            Content = new StringContent(new string(' ', 30_000) + Firing, Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await _client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Status_and_probes_answer()
    {
        Assert.Contains("midwatch 0.1",
            await _client.GetStringAsync(new Uri("/api/v2/status", UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.Equal("OK", await _client.GetStringAsync(new Uri("/-/ready", UriKind.Relative), Token));
        using var missing = await _client.GetAsync(new Uri("/api/v2/nothing", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task A_port_in_use_is_refused_with_its_owner_and_the_remedy()
    {
        var port = Assert.IsType<IntakeServer>(_server).Address.Port;
        var options = new IntakeOptions { Time = TimeProvider.System, Version = "0.1", Port = port };
        var refused = Assert.IsType<IntakeStart.Refused>(await IntakeServer.StartAsync(options, _engine, Token));
        Assert.Contains($"Port {port} on 127.0.0.1 is in use by ", refused.Reason, StringComparison.Ordinal);
        Assert.Contains($"(process {Environment.ProcessId})", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("--port", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storm_is_taken_whole()
    {
        var posts = Enumerable.Range(0, 200).Select(i => PostAsync(
            string.Create(CultureInfo.InvariantCulture, $$$"""[{"labels":{"alertname":"A","pod":"p{{{i}}}"}}]""")));
        Assert.All(await Task.WhenAll(posts), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(200, _engine.Alerts.Select(alert => alert.Fingerprint).Distinct().Count());
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri("/api/v2/alerts", UriKind.Relative), content, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private sealed class RecordingEngine : IAlertAcceptor
    {
        private readonly Lock _lock = new();

        public List<Alert> Alerts { get; } = [];

        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Durable { get; set; } = Task.CompletedTask;

        public async Task<ImmutableArray<AlertReceipt>> AcceptAsync(
            ImmutableArray<Alert> alerts, CancellationToken cancellationToken)
        {
            Called.TrySetResult();
            await Durable;
            lock (_lock)
            {
                Alerts.AddRange(alerts);
            }

            return [.. alerts.Select(alert => new AlertReceipt(alert.Fingerprint, AlertNews.News))];
        }
    }
}
