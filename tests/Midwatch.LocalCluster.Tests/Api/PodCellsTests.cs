using Midwatch.LocalCluster.Api.Tables;

namespace Midwatch.LocalCluster.Tests.Api;

public sealed class PodCellsTests
{
    [Theory]
    [InlineData("""{"phase":"Pending"}""", "Pending", "0/1")]
    [InlineData(
        """{"phase":"Running","containerStatuses":[{"ready":true,"state":{"running":{}}}]}""", "Running", "1/1")]
    [InlineData(
        """{"phase":"Running","containerStatuses":[{"restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}""",
        "CrashLoopBackOff", "0/1")]
    [InlineData(
        """{"phase":"Running","containerStatuses":[{"state":{"terminated":{"exitCode":1,"reason":"Error"}}}]}""",
        "Error", "0/1")]
    [InlineData("""{"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"ImagePullBackOff"}}}]}""",
        "ImagePullBackOff", "0/1")]
    [InlineData(
        """{"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"running":{}}}]}""", "Init:0/1", "0/1")]
    [InlineData("""{"phase":"Failed","reason":"Evicted"}""", "Evicted", "0/1")]
    public void Status_and_ready_are_those_of_kubectl(string status, string expected, string ready)
    {
        var init =
            expected.StartsWith("Init", StringComparison.Ordinal) ? ",\"initContainers\":[{\"name\":\"i\"}]" : "";
        var pod =
            RunningApi.Json($$"""{"metadata":{},"spec":{"containers":[{"name":"c"}]{{init}} },"status":{{status}} }""");

        var cells = PodCells.Of(pod);

        Assert.Equal(expected, cells.Status);
        Assert.Equal(ready, cells.Ready);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(185, "3m5s")]
    [InlineData(3600, "60m")]
    [InlineData(11_000, "3h3m")]
    [InlineData(100_000, "27h")]
    [InlineData(180_000, "2d2h")]
    public void Ages_are_written_as_kubectl_writes_them(int seconds, string expected) =>
        Assert.Equal(expected, HumanDuration.Format(TimeSpan.FromSeconds(seconds)));
}
