using System.Text;
using Reference.Telemetry;

namespace Reference.Tests.Telemetry;

public sealed class MetricTests
{
    [Fact]
    public void A_counter_is_written_as_prometheus_reads_it()
    {
        var counter = new Metric(MetricKind.Counter, "jobs_total", "Jobs.", "kind", "state");
        counter.Add(2, "a\"b\\c\nd", "ok");
        counter.Add(0.5, "a\"b\\c\nd", "ok");
        Assert.Equal(
            "# HELP jobs_total Jobs.\n# TYPE jobs_total counter\n"
            + "jobs_total{kind=\"a\\\"b\\\\c\\nd\",state=\"ok\"} 2.5\n",
            Text(counter));
    }

    [Fact]
    public void The_buckets_of_a_histogram_add_up()
    {
        var histogram = new Histogram("t_seconds", "T.", [0.1, 1], "route");
        histogram.Observe(0.1, "/x");
        histogram.Observe(0.5, "/x");
        histogram.Observe(7, "/x");
        Assert.Equal(
            "# HELP t_seconds T.\n# TYPE t_seconds histogram\n"
            + "t_seconds_bucket{route=\"/x\",le=\"0.1\"} 1\nt_seconds_bucket{route=\"/x\",le=\"1\"} 2\n"
            + "t_seconds_bucket{route=\"/x\",le=\"+Inf\"} 3\n"
            + "t_seconds_sum{route=\"/x\"} 7.6\nt_seconds_count{route=\"/x\"} 3\n",
            Text(histogram));
    }

    [Fact]
    public void A_series_needs_a_value_for_each_label() =>
        Assert.Throws<ArgumentException>(() => new Metric(MetricKind.Gauge, "g", "G.", "a").Set(1));

    private static string Text(IMetric metric)
    {
        var text = new StringBuilder();
        metric.WriteTo(text);
        return text.ToString();
    }
}
