using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Collection;

namespace Midwatch.LocalCluster.Tests.Objects;

public sealed class GarbageCollectorTests : IAsyncLifetime
{
    private readonly ObjectStore _store = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public ValueTask InitializeAsync()
    {
        _running = new GarbageCollector(_store, TimeProvider.System).RunAsync(_stop.Token);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    [Fact]
    public async Task What_an_owner_owned_goes_after_it()
    {
        var (owner, dependent) = Family();

        _ = _store.Delete(owner, new DeleteOptions());

        await UntilGoneAsync(dependent);
    }

    [Fact]
    public async Task In_the_foreground_the_owner_goes_last()
    {
        var (owner, dependent) = Family();

        Assert.IsType<StoreResult.Done>(_store.Delete(owner, new DeleteOptions(PropagationPolicy.Foreground)));

        await UntilGoneAsync(owner);
        Assert.Null(_store.Get(dependent));
    }

    [Fact]
    public async Task An_orphan_stays_and_forgets_its_owner()
    {
        var (owner, dependent) = Family();

        _ = _store.Delete(owner, new DeleteOptions(PropagationPolicy.Orphan));

        await UntilGoneAsync(owner);
        Assert.Null(_store.Get(dependent)!.Body["metadata"]!["ownerReferences"]);
    }

    [Fact]
    public async Task A_deleted_namespace_is_emptied_and_then_gone()
    {
        var ns = new ObjectKey("", "namespaces", null, "shop");
        Create(ns, """{"kind":"Namespace","apiVersion":"v1","metadata":{},"spec":{"finalizers":["kubernetes"]}}""");
        var inside = new ObjectKey("", "configmaps", "shop", "c");
        Create(inside, """{"kind":"ConfigMap","apiVersion":"v1","metadata":{}}""");

        Assert.IsType<StoreResult.Done>(_store.Delete(ns, new DeleteOptions()));

        await UntilGoneAsync(ns);
        Assert.Null(_store.Get(inside));
    }

    private (ObjectKey Owner, ObjectKey Dependent) Family()
    {
        var owner = new ObjectKey("apps", "replicasets", "shop", "rs");
        var made = Create(owner, """{"kind":"ReplicaSet","apiVersion":"apps/v1","metadata":{},"spec":{}}""");
        var dependent = new ObjectKey("", "pods", "shop", "pod");
        _ = Create(dependent, string.Create(CultureInfo.InvariantCulture, $$"""
            {"kind":"Pod","apiVersion":"v1","spec":{},"metadata":{"ownerReferences":[
             {"apiVersion":"apps/v1","kind":"ReplicaSet","name":"rs","uid":"{{made.Uid}}","controller":true}]} }
            """));
        return (owner, dependent);
    }

    private StoredObject Create(ObjectKey key, string json) =>
        _store.Create(key, (JsonObject)JsonNode.Parse(json)!).Written!;

    private async Task UntilGoneAsync(ObjectKey key)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        using var watch = _store.Watch(key.Group, key.Plural, key.Namespace, 1);
        await foreach (var change in watch.WithCancellation(limit.Token))
        {
            if (change.Type == StoreEventType.Deleted && change.Object.Key == key)
            {
                return;
            }
        }
    }
}
