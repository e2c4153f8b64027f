using Midwatch.Execution.Alerts;

namespace Midwatch.Execution.Tests.Alerts;

public sealed class PromQlSelectorsTests
{
    [Theory]
    [InlineData("sum(up{job=\"api\"}) == 0", "up{job=\"api\"}")]
    [InlineData("up == 0", "up")]
    [InlineData("rate(http_requests_total{code=~\"5..\"}[5m]) > 0.1", "http_requests_total{code=~\"5..\"}")]
    [InlineData("sum by (job) (rate(a_total[5m])) / sum(rate(b_total[5m])) by (job)", "a_total", "b_total")]
    [InlineData("a{x=\"}\"} and on (pod) b unless c", "a{x=\"}\"}", "b", "c")]
    [InlineData("{__name__=\"up\"} offset 5m", "{__name__=\"up\"}")]
    [InlineData("job:errors:rate5m > bool 1e3", "job:errors:rate5m")]
    [InlineData("histogram_quantile(0.95, sum(rate(d_bucket[5m])) by (le)) > 2", "d_bucket")]
    [InlineData("max_over_time(absent(up{a='b'})[1h:5m])", "up{a='b'}")]
    [InlineData("vector(1)")]
    [InlineData("label_replace(up, \"x\", \"$1\", \"y\", \"(.*)\")", "up")]
    public void The_series_that_an_expression_speaks_of_are_found(string expression, params string[] selectors) =>
        Assert.Equal(selectors, PromQlSelectors.In(expression));
}
