using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Custom;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Collection;

/// <summary>Removes what its owner left behind, and empties namespaces that are being deleted.</summary>
internal sealed class GarbageCollector(ObjectStore store, TimeProvider time)
{
    private static readonly StoreScope Everything = new(null, null, null);

    private readonly NamespaceCollector _namespaces = new(store, time);
    private readonly KindRegistry _kinds = new(store);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            // A watch that fell behind ends; a new one starts from what is there.
            using var watch = store.Watch(Everything, null);
            await foreach (var change in watch.WithCancellation(ct))
            {
                React(change);
            }
        }
    }

    private void React(StoreEvent change)
    {
        var item = change.Object;
        switch (change.Type)
        {
            case StoreEventType.Deleted:
                OnGone(item);
                break;
            case StoreEventType.Added when IsOwnerless(item):
                _ = store.Delete(item.Key, new DeleteOptions());
                break;
            default:
                if (item.IsBeingDeleted)
                {
                    Release(item);
                }

                break;
        }

        _namespaces.React(item);
    }

    private void OnGone(StoredObject owner)
    {
        foreach (var dependent in DependentsOf(owner))
        {
            Abandon(dependent, owner.Uid);
        }

        // It may have been the last thing that its own owner waited for.
        foreach (var reference in References(owner.Body))
        {
            if (Find(reference, owner.Key.Namespace) is { IsBeingDeleted: true } waiting)
            {
                Release(waiting);
            }
        }
    }

    private void Abandon(StoredObject dependent, string owner)
    {
        var others = References(dependent.Body).Where(one => Uid(one) != owner).ToList();
        if (others.Exists(one => Find(one, dependent.Key.Namespace) is not null))
        {
            Forget(dependent.Key, owner);
        }
        else
        {
            _ = store.Delete(dependent.Key, new DeleteOptions());
        }
    }

    private void Release(StoredObject owner)
    {
        if (ObjectMetadata.HasFinalizer(owner.Body, Deletion.OrphanFinalizer))
        {
            foreach (var dependent in DependentsOf(owner))
            {
                Forget(dependent.Key, owner.Uid);
            }

            _ = store.Mutate(owner.Key, body => ObjectMetadata.RemoveFinalizer(body, Deletion.OrphanFinalizer));
            return;
        }

        if (!ObjectMetadata.HasFinalizer(owner.Body, Deletion.ForegroundFinalizer))
        {
            return;
        }

        var dependents = DependentsOf(owner);
        foreach (var dependent in dependents.Where(one => !one.IsBeingDeleted))
        {
            _ = store.Delete(dependent.Key, new DeleteOptions(PropagationPolicy.Foreground));
        }

        if (DependentsOf(owner).IsEmpty)
        {
            _ = store.Mutate(owner.Key, body => ObjectMetadata.RemoveFinalizer(body, Deletion.ForegroundFinalizer));
        }
    }

    private void Forget(ObjectKey dependent, string owner) => store.Mutate(dependent, body =>
    {
        var metadata = ObjectMetadata.Of(body);
        if (metadata["ownerReferences"] is not JsonArray references)
        {
            return;
        }

        _ = references.RemoveAll(one => one is JsonObject reference && Uid(reference) == owner);
        if (references.Count == 0)
        {
            _ = metadata.Remove("ownerReferences");
        }
    });

    private ImmutableArray<StoredObject> DependentsOf(StoredObject owner)
    {
        var uid = owner.Uid;
        var text = Encoding.UTF8.GetBytes(uid);
        return
        [
            .. store.List(Everything).Where(one => one.Mentions("\"ownerReferences\""u8) && one.Mentions(text)
                && References(one.Body).Any(reference => Uid(reference) == uid)),
        ];
    }

    // All owners named, none of them there (any more): for example made a moment after its owner went.
    private bool IsOwnerless(StoredObject item)
    {
        if (!item.Mentions("\"ownerReferences\""u8))
        {
            return false;
        }

        var references = References(item.Body).ToList();
        return references.Count > 0
            && references.TrueForAll(one => KindOf(one) is not null && Find(one, item.Key.Namespace) is null);
    }

    private StoredObject? Find(JsonObject reference, string? ns)
    {
        if (KindOf(reference) is not { } kind)
        {
            return null;
        }

        var name = reference["name"]?.GetValue<string>() ?? "";
        var found = store.Get(new ObjectKey(kind.StoredGroup, kind.Plural, kind.IsNamespaced ? ns : null, name));
        return found?.Uid == Uid(reference) ? found : null;
    }

    private KindDefinition? KindOf(JsonObject reference)
    {
        var group = reference["apiVersion"]?.GetValue<string>().Split('/') is [var named, _] ? named : "";
        var kind = reference["kind"]?.GetValue<string>();
        return _kinds.All.FirstOrDefault(one => one.Group == group && one.Kind == kind);
    }

    private static IEnumerable<JsonObject> References(JsonObject body) =>
        (body["metadata"]?["ownerReferences"] as JsonArray ?? []).OfType<JsonObject>();

    private static string Uid(JsonObject reference) => reference["uid"]?.GetValue<string>() ?? "";
}
