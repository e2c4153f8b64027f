using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.LocalCluster.Kubelet.Images;
using Midwatch.LocalCluster.Kubelet.Logs;

namespace Midwatch.LocalCluster.Tests.Kubelet;

public sealed class RulesTests
{
    [Fact]
    public void Back_off_doubles_to_five_minutes_and_is_forgotten_after_ten()
    {
        var time = new SetTime();
        var backoff = new Backoff(time);
        Assert.Equal(TimeSpan.Zero, backoff.Remaining(time.GetUtcNow()));
        foreach (var seconds in new[] { 10, 20, 40, 80, 160, 300, 300 })
        {
            backoff.Next(time.GetUtcNow());
            Assert.Equal(TimeSpan.FromSeconds(seconds), backoff.Remaining(time.GetUtcNow()));
        }

        var trouble = time.GetUtcNow();
        time.Now += TimeSpan.FromSeconds(299);
        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Remaining(trouble));
        time.Now += TimeSpan.FromSeconds(302);
        Assert.Equal(TimeSpan.Zero, backoff.Remaining(time.GetUtcNow()));
        backoff.Next(time.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(10), backoff.Delay);
    }

    [Theory]
    [InlineData("redis", "docker.io/library/redis:latest")]
    [InlineData("redis:7", "docker.io/library/redis:7")]
    [InlineData("prom/prometheus:v2", "docker.io/prom/prometheus:v2")]
    [InlineData("registry.example:5000/a/b:1", "registry.example:5000/a/b:1")]
    [InlineData("localhost/x", "localhost/x:latest")]
    [InlineData("a.example/x:1@sha256:ab", "a.example/x@sha256:ab")]
    public void Image_names_are_made_complete(string name, string complete) =>
        Assert.Equal(complete, ImageReference.Parse(name)?.ToString());

    [Theory]
    [InlineData("$(A) $(B) $$(A) $A $", "1 $(B) $(A) $A $")]
    [InlineData("$(A", "$(A")]
    [InlineData("$$$(A)", "$1")]
    public void Variables_expand_as_kubernetes_does(string text, string expanded) =>
        Assert.Equal(expanded, VariableExpansion.Expand(text, new Dictionary<string, string> { ["A"] = "1" }));

    [Theory]
    [InlineData("250m", "0.25")]
    [InlineData("1Gi", "1073741824")]
    [InlineData("2k", "2000")]
    [InlineData("1e3", "1000")]
    public void Amounts_are_read(string text, string value) =>
        Assert.Equal(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
            ResourceAmount.Parse(text));

    [Fact]
    public async Task A_log_is_cut_by_lines_time_and_bytes()
    {
        var time = new SetTime();
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "0.log");
        using var log = new ContainerLog(path, time);
        log.Write("stdout", "one\ntw"u8);
        time.Now += TimeSpan.FromMinutes(1);
        log.Write("stderr", "oops\n"u8);
        log.Write("stdout", "o\nrest"u8);
        log.Complete();
        Assert.Equal("one\noops\ntwo\nrest", await ReadAsync(new("", "", "")));
        Assert.Equal("two\nrest", await ReadAsync(new("", "", "", TailLines: 2)));
        Assert.Equal("", await ReadAsync(new("", "", "", TailLines: 0)));
        Assert.Equal("oops\ntwo\nrest", await ReadAsync(new("", "", "", SinceTime: time.Now)));
        Assert.Equal("one\noop", await ReadAsync(new("", "", "", LimitBytes: 7)));
        Assert.StartsWith("2026-01-01T00:00:00.000000000Z one\n", await ReadAsync(new("", "", "", Timestamps: true)),
            StringComparison.Ordinal);
        log.Delete();

        async Task<string> ReadAsync(PodLogRequest request)
        {
            using var output = new MemoryStream();
            await new LogReader(log, request, output).WriteAsync(TestContext.Current.CancellationToken);
            return System.Text.Encoding.UTF8.GetString(output.ToArray());
        }
    }

    [Fact]
    public async Task A_long_log_is_rotated_and_a_follower_misses_nothing()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "0.log");
        using var log = new ContainerLog(path, TimeProvider.System);
        using var output = new MemoryStream();
        var following =
            new LogReader(log, new("", "", "", Follow: true), output).WriteAsync(TestContext.Current.CancellationToken);
        var line = new byte[10_000];
        line.AsSpan().Fill((byte)'x');
        line[^1] = (byte)'\n';
        for (var i = 0; i < 1500; i++)
        {
            log.Write("stdout", line);
        }

        Assert.Equal(1, log.Rotations);
        log.Complete();
        await following;
        Assert.Equal(1500 * line.Length, output.Length);
        log.Delete();
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
