using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Objects;

public sealed class EventRecorderTests
{
    private readonly ObjectStore _store = new(TimeProvider.System);
    private readonly EventRecorder _recorder;
    private readonly StoredObject _pod;

    public EventRecorderTests()
    {
        _recorder = new EventRecorder(_store, TimeProvider.System);
        var body = (JsonObject)JsonNode.Parse("""{"kind":"Pod","apiVersion":"v1","metadata":{},"spec":{}}""")!;
        _pod = _store.Create(new ObjectKey("", "pods", "shop", "web-1"), body).Written!;
    }

    [Fact]
    public void The_same_event_again_raises_its_count()
    {
        for (var time = 0; time < 3; time++)
        {
            _recorder.Record(_pod, "Warning", "BackOff", "Back-off restarting failed container", "kubelet");
        }

        var only = Assert.Single(_store.List("", "events", "shop"));
        Assert.Equal(3, only.Body["count"]!.GetValue<int>());
        Assert.Equal(_pod.Uid, only.Body["involvedObject"]!["uid"]!.GetValue<string>());
    }

    [Fact]
    public void Ten_different_messages_for_one_reason_are_combined()
    {
        for (var number = 1; number <= 12; number++)
        {
            _recorder.Record(_pod, "Warning", "Unhealthy", $"probe {number} failed", "kubelet");
        }

        var events = _store.List("", "events", "shop");
        Assert.Equal(10, events.Length);
        var combined = Assert.Single(events, item => item.Body["count"]!.GetValue<int>() > 1);
        Assert.Equal("(combined from similar events): probe 12 failed", combined.Body["message"]!.GetValue<string>());
    }
}
