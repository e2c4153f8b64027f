using FsCheck;
using FsCheck.Fluent;
using Midwatch.Cli.Demo;

namespace Midwatch.Cli.Tests;

public sealed class RuleTempoTests
{
    private const string Rules = """
        groups:
          - name: api            # for: 9m in a comment stays
            interval: 30s
            rules:
              - alert: ApiDown
                expr: 'sum(rate(requests_total{code="for: 1m"}[5m])) == 0'
                for: 2m
                labels: { severity: critical, for: page }
              - alert: ApiSlow
                expr: latency > 2
                for: "1h30m"
        """;

    [Fact]
    public void A_rule_file_keeps_every_letter_but_its_durations()
    {
        var (text, error) = new RuleTempo(30, TimeSpan.FromSeconds(1)).Apply(
            Rules.Replace("for: page", "team: page", StringComparison.Ordinal));
        Assert.Null(error);
        var expected = Rules.Replace("for: page", "team: page", StringComparison.Ordinal)
            .Replace("interval: 30s", "interval: 1s", StringComparison.Ordinal)
            .Replace("    for: 2m", "    for: 4s", StringComparison.Ordinal)
            .Replace("for: \"1h30m\"", "for: 3m", StringComparison.Ordinal);
        Assert.Equal(expected, text);
    }

    [Fact]
    public void Real_time_changes_nothing() => Assert.Equal((Rules, null), RuleTempo.RealTime.Apply(Rules));

    [Fact]
    public void A_duration_that_is_none_is_told_with_its_line()
    {
        var (text, error) = RuleTempo.Fast.Apply("groups:\n  - rules:\n      - alert: X\n        for: soon\n");
        Assert.Null(text);
        Assert.StartsWith("line 4: 'soon'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2m", 120_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("500ms", 500)]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    [InlineData("0", 0)]
    public void Durations_are_read_as_Prometheus_reads_them(string text, long milliseconds)
    {
        Assert.True(PrometheusDuration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, (long)duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5m1h")]
    [InlineData("-5m")]
    [InlineData("1.5h")]
    public void What_Prometheus_refuses_is_refused(string text) =>
        Assert.False(PrometheusDuration.TryParse(text, out _));

    [Fact]
    public void Printed_durations_read_back_the_same() =>
        Prop.ForAll<NonNegativeInt>(number =>
        {
            var duration = TimeSpan.FromMilliseconds(number.Get * 37L);
            return PrometheusDuration.TryParse(PrometheusDuration.Print(duration), out var back) && back == duration;
        }).QuickCheckThrowOnFailure();
}
