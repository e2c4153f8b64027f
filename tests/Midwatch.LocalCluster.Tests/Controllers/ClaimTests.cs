using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Controllers;

/// <summary>Claims and volumes that somebody made by hand.</summary>
public sealed class ClaimTests : IDisposable
{
    private static readonly ObjectKey Claim = new("", "persistentvolumeclaims", "shop", "data");
    private readonly ControlPlane _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_claim_gets_the_smallest_volume_that_is_large_enough_and_fits()
    {
        Volume("huge", "100Gi");
        Volume("small", "1Gi");
        Volume("right", "6Gi");
        Volume("classy", "5Gi", "\"storageClassName\": \"fast\",");
        Volume("read", "5Gi", modes: "ReadOnlyMany");
        Assert.Equal("Available", Phase("right"));
        Make("\"storageClassName\": \"\",");
        Assert.Equal("right", _cluster.Get(Claim).Text("spec", "volumeName"));
        Assert.Equal(("Bound", "6Gi"), (_cluster.Get(Claim).Text("status", "phase"),
            _cluster.Get(Claim).Text("status", "capacity", "storage")));
        Assert.Equal("data", _cluster.Get(Key("right")).Text("spec", "claimRef", "name"));
        Assert.Equal(("Bound", "Available"), (Phase("right"), Phase("huge")));
    }

    [Fact]
    public void A_claim_that_came_first_is_bound_when_the_volume_comes()
    {
        Make("\"storageClassName\": \"\",");
        Assert.NotEqual("Bound", _cluster.Get(Claim).Text("status", "phase"));
        Assert.Equal(
            ["no persistent volumes available for this claim and no storage class is set"],
            _cluster.Events("FailedBinding"));
        Volume("late", "5Gi");
        Assert.Equal("Bound", _cluster.Get(Claim).Text("status", "phase"));
    }

    [Fact]
    public void A_selector_and_a_volume_made_for_somebody_are_respected()
    {
        Volume("other", "5Gi", "\"claimRef\": {\"namespace\": \"shop\", \"name\": \"else\"},");
        Volume("plain", "5Gi");
        Volume("labelled", "50Gi", labels: "\"tier\": \"gold\"");
        Make("\"storageClassName\": \"\", \"selector\": {\"matchLabels\": {\"tier\": \"gold\"} },");
        Assert.Equal("labelled", _cluster.Get(Claim).Text("spec", "volumeName"));
    }

    [Fact]
    public void A_claim_that_names_its_volume_waits_for_it_and_says_what_is_in_the_way()
    {
        Make("\"storageClassName\": \"\", \"volumeName\": \"mine\",");
        Assert.NotEqual("Bound", _cluster.Get(Claim).Text("status", "phase"));
        Volume("free", "50Gi");
        Volume("mine", "1Gi");
        Assert.Equal(
            ["Cannot bind to requested volume \"mine\": requested PV is too small"], _cluster.Events("VolumeMismatch"));
        _ = _cluster.Store.Mutate(Key("mine"), body => body.Need("spec", "capacity")["storage"] = "5Gi");
        _cluster.Settle();
        Assert.Equal("Bound", _cluster.Get(Claim).Text("status", "phase"));
        Assert.Equal(("Bound", "Available"), (Phase("mine"), Phase("free")));
    }

    [Fact]
    public void A_volume_that_is_to_be_kept_is_released_and_nobody_else_gets_it()
    {
        Volume("kept", "5Gi");
        Make("\"storageClassName\": \"\",");
        _ = _cluster.Store.Purge(Claim);
        _cluster.Settle();
        Assert.Equal("Released", Phase("kept"));
        Make("\"storageClassName\": \"\",");
        Assert.NotEqual("Bound", _cluster.Get(Claim).Text("status", "phase"));
        _ = _cluster.Store.Mutate(Key("kept"), body => body.Need("spec").Remove("claimRef"));
        _cluster.Settle();
        Assert.Equal(("Bound", "Bound"), (Phase("kept"), _cluster.Get(Claim).Text("status", "phase")));
    }

    private static ObjectKey Key(string volume) => new("", "persistentvolumes", null, volume);

    private string? Phase(string volume) => _cluster.Get(Key(volume)).Text("status", "phase");

    private void Volume(
        string name, string size, string spec = "", string modes = "ReadWriteOnce", string labels = "")
    {
        _cluster.Create(Key(name), $$"""
            {"apiVersion": "v1", "kind": "PersistentVolume",
             "metadata": {"name": "{{name}}", "labels": { {{labels}} } },
             "spec": { {{spec}} "capacity": {"storage": "{{size}}"}, "accessModes": ["{{modes}}"],
               "persistentVolumeReclaimPolicy": "Retain", "hostPath": {"path": "/srv/{{name}}"} } }
            """);
        _cluster.Settle();
    }

    private void Make(string spec)
    {
        _cluster.Create(Claim, $$"""
            {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "shop"},
             "spec": { {{spec}} "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "5Gi"} } } }
            """);
        _cluster.Settle();
    }
}
