using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Objects;

public sealed class ObjectStoreTests
{
    private static readonly ObjectKey Web = new("apps", "deployments", "shop", "web");
    private readonly ObjectStore _store = new(TimeProvider.System);

    [Fact]
    public void A_created_object_gets_identity_version_and_generation()
    {
        var written = Create(Web, """{"kind":"Deployment","metadata":{},"spec":{"replicas":1}}""");

        Assert.NotEmpty(written.Uid);
        Assert.Equal("web", written.Body["metadata"]!["name"]!.GetValue<string>());
        Assert.Equal(1, written.Body["metadata"]!["generation"]!.GetValue<long>());
        Assert.Equal($"{written.ResourceVersion}", written.Body["metadata"]!["resourceVersion"]!.GetValue<string>());
        Assert.IsType<StoreResult.AlreadyExists>(_store.Create(Web, []));
    }

    [Fact]
    public void Generation_counts_changes_of_the_spec_only()
    {
        _ = Create(Web, """{"metadata":{},"spec":{"replicas":1}}""");

        _ = _store.Mutate(Web, body => body["status"] = new JsonObject { ["replicas"] = 1 });
        var observed = _store.Get(Web)!;
        _ = _store.Mutate(Web, body => body["spec"]!["replicas"] = 2);
        var wanted = _store.Get(Web)!;

        Assert.Equal(1, observed.Body["metadata"]!["generation"]!.GetValue<long>());
        Assert.Equal(2, wanted.Body["metadata"]!["generation"]!.GetValue<long>());
    }

    [Fact]
    public void A_stale_write_conflicts_and_an_equal_one_makes_no_new_version()
    {
        var first = Create(Web, """{"metadata":{},"spec":{"replicas":1}}""");
        _ = _store.Mutate(Web, body => body["spec"]!["replicas"] = 2);
        var revision = _store.Revision;

        Assert.IsType<StoreResult.Conflict>(_store.Update(Web, first.ResourceVersion, first.Clone()));
        Assert.IsType<StoreResult.Done>(_store.Mutate(Web, body => body["spec"]!["replicas"] = 2));
        Assert.Equal(revision, _store.Revision);
    }

    [Fact]
    public void A_pod_on_a_node_is_marked_and_goes_when_purged()
    {
        var key = new ObjectKey("", "pods", "shop", "web-1");
        _ = Create(key, """{"metadata":{},"spec":{"nodeName":"n1","terminationGracePeriodSeconds":7}}""");

        Assert.IsType<StoreResult.Done>(_store.Delete(key, new DeleteOptions()));
        Assert.Equal(7, _store.Get(key)!.Body["metadata"]!["deletionGracePeriodSeconds"]!.GetValue<long>());
        Assert.IsType<StoreResult.Removed>(_store.Purge(key));
        Assert.Null(_store.Get(key));
    }

    [Fact]
    public void An_object_with_a_finalizer_goes_when_the_last_finalizer_does()
    {
        _ = Create(Web, """{"metadata":{"finalizers":["a/b"]},"spec":{}}""");

        Assert.IsType<StoreResult.Done>(_store.Delete(Web, new DeleteOptions()));
        Assert.True(_store.Get(Web)!.IsBeingDeleted);
        Assert.IsType<StoreResult.Removed>(_store.Mutate(Web, body => ObjectMetadata.RemoveFinalizer(body, "a/b")));
    }

    [Fact]
    public async Task A_watch_sees_what_is_there_and_then_every_change_in_order()
    {
        _ = Create(Web, """{"metadata":{},"spec":{"replicas":0}}""");
        using var watch = _store.Watch("apps", "deployments", "shop", null);
        for (var replicas = 1; replicas <= 3; replicas++)
        {
            _ = _store.Mutate(Web, body => body["spec"]!["replicas"] = replicas);
        }

        _ = _store.Delete(Web, new DeleteOptions());

        var seen = new List<StoreEventType>();
        await foreach (var change in watch.WithCancellation(TestContext.Current.CancellationToken))
        {
            seen.Add(change.Type);
            if (change.Type == StoreEventType.Deleted)
            {
                break;
            }
        }

        Assert.Equal(
            [StoreEventType.Added, StoreEventType.Modified, StoreEventType.Modified, StoreEventType.Modified,
                StoreEventType.Deleted],
            seen);
    }

    [Fact]
    public async Task A_hundred_watchers_of_four_writers_lose_nothing()
    {
        const int Writes = 250;
        _ = Create(Web, """{"metadata":{},"spec":{"n":0}}""");
        var start = _store.Revision;
        var watches = Enumerable.Range(0, 100).Select(_ => _store.Watch("apps", "deployments", null, start)).ToList();

        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var write = 0; write < Writes; write++)
            {
                _ = _store.Mutate(Web, body => body["spec"]!["n"] = (writer * Writes) + write + 1);
            }
        }));
        await Task.WhenAll(writers);
        var end = _store.Revision;

        foreach (var watch in watches)
        {
            var expected = start + 1;
            while (watch.TryTake(out var change))
            {
                Assert.Equal(expected++, change.Object.ResourceVersion);
            }

            Assert.Equal(end + 1, expected);
            watch.Dispose();
        }
    }

    [Fact]
    public void A_watch_from_a_forgotten_revision_is_expired()
    {
        var first = Create(Web, """{"metadata":{},"spec":{"n":0}}""");
        for (var write = 1; write < 3_000; write++)
        {
            _ = _store.Mutate(Web, body => body["spec"]!["n"] = write);
        }

        using var watch = _store.Watch("apps", "deployments", null, first.ResourceVersion);

        Assert.True(watch.Expired);
    }

    private StoredObject Create(ObjectKey key, string json) =>
        Assert.IsType<StoreResult.Done>(_store.Create(key, (JsonObject)JsonNode.Parse(json)!)).Object;
}
