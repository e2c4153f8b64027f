using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Reference.StateMetrics;
using Reference.Telemetry;

namespace Reference.Tests.StateMetrics;

/// <summary>Objects of the API, and the series they become.</summary>
public sealed class StateMetricsTests
{
    private const string CrashLoop = """
        {"metadata": {"namespace": "n", "name": "web-1"},
         "spec": {"containers": [{"name": "web", "resources": {"limits": {"cpu": "250m", "memory": "1Gi"}}}]},
         "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "False"}],
          "containerStatuses": [{"name": "web", "restartCount": 4,
           "state": {"waiting": {"reason": "CrashLoopBackOff"}},
           "lastState": {"terminated": {"reason": "OOMKilled"}}}]}}
        """;

    [Fact]
    public void A_pod_in_a_crash_loop_shows_its_restarts_its_wait_and_how_it_ended()
    {
        var metrics = new PodMetrics();
        metrics.Read([Object(CrashLoop)]);
        var page = Page(metrics.All);
        Assert.Contains("""kube_pod_container_status_restarts_total{namespace="n",pod="web-1",container="web"} 4""",
            page, StringComparison.Ordinal);
        Assert.Contains("""reason="CrashLoopBackOff"} 1""", page, StringComparison.Ordinal);
        Assert.Contains("""reason="OOMKilled"} 1""", page, StringComparison.Ordinal);
        Assert.Contains("""resource="cpu"} 0.25""", page, StringComparison.Ordinal);
        Assert.Contains("""resource="memory"} 1073741824""", page, StringComparison.Ordinal);
        Assert.Contains("""phase="Running"} 1""", page, StringComparison.Ordinal);
        Assert.Contains("""kube_pod_status_ready{namespace="n",pod="web-1",condition="true"} 0""",
            page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_keeps_an_init_container_waiting_is_told_apart()
    {
        var metrics = new PodMetrics();
        metrics.Read([Object("""
            {"metadata": {"namespace": "n", "name": "web-1"},
             "status": {"initContainerStatuses": [
               {"name": "fetch", "state": {"waiting": {"reason": "CrashLoopBackOff"}}}]}}
            """)]);
        var page = Page(metrics.All);
        Assert.Contains("kube_pod_init_container_status_waiting_reason{namespace=\"n\",pod=\"web-1\","
            + "container=\"fetch\",reason=\"CrashLoopBackOff\"} 1", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_shows_its_usage_of_what_pods_may_have_and_one_that_was_not_measured_nothing()
    {
        var metrics = new NodeMetrics();
        metrics.Read(
            [
                Object("""{"metadata": {"name": "a"}, "status": {"allocatable": {"cpu": "4", "memory": "8Gi"}}}"""),
                Object("""{"metadata": {"name": "b"}, "status": {"allocatable": {"cpu": "4", "memory": "8Gi"}}}"""),
            ],
            [Object("""{"metadata": {"name": "a"}, "usage": {"cpu": "500m", "memory": "2Gi"}}""")]);
        var page = Page(metrics.All);
        Assert.Contains("""node_cpu_usage_percentage{node="a"} 12.5""", page, StringComparison.Ordinal);
        Assert.Contains("""node_memory_working_set_percentage{node="a"} 25""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("node=\"b\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pod_that_is_gone_has_no_series_any_more()
    {
        var metrics = new PodMetrics();
        metrics.Read([Object(CrashLoop)]);
        metrics.Read([]);
        Assert.DoesNotContain("web-1", Page(metrics.All), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_job_counts_its_failed_pods_and_an_object_without_fields_counts_nothing()
    {
        var metrics = new WorkloadMetrics();
        metrics.ReadJobs([
            Object("""{"metadata": {"namespace": "n", "name": "backup"}, "status": {"failed": 3}}"""),
            Object("""{"metadata": {"namespace": "n", "name": "new"}}"""),
        ]);
        var page = Page(metrics.All);
        Assert.Contains("""kube_job_status_failed{namespace="n",job_name="backup"} 3""",
            page, StringComparison.Ordinal);
        Assert.Contains("""kube_job_status_failed{namespace="n",job_name="new"} 0""",
            page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("250m", 0.25)]
    [InlineData("1500n", 0.0000015)]
    [InlineData("64Mi", 67108864)]
    [InlineData("2", 2)]
    public void A_quantity_is_a_number(string text, double number) => Assert.Equal(number, Amount.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("much")]
    public void What_is_no_quantity_is_none(string? text) => Assert.Null(Amount.Parse(text));

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;

    private static string Page(ImmutableArray<IMetric> metrics)
    {
        var text = new StringBuilder();
        foreach (var metric in metrics)
        {
            metric.WriteTo(text);
        }

        return text.ToString();
    }
}
