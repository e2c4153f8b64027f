using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Managed;

namespace Midwatch.LocalCluster.Objects.Collection;

/// <summary>Empties a namespace that is being deleted and then lets it go.</summary>
internal sealed class NamespaceCollector(ObjectStore store, TimeProvider time)
{
    private const string Finalizer = "kubernetes";

    /// <summary>Looks after the namespace that a change was in or about.</summary>
    public void React(StoredObject changed)
    {
        var name = changed.Key is { Group: "", Plural: "namespaces" } ? changed.Key.Name : changed.Key.Namespace;
        var key = new ObjectKey("", "namespaces", null, name ?? "");
        if (name is null || store.Get(key) is not { IsBeingDeleted: true })
        {
            return;
        }

        var inside = new StoreScope(null, null, name);
        foreach (var item in store.List(inside).Where(item => !item.IsBeingDeleted))
        {
            _ = store.Delete(item.Key, new DeleteOptions());
        }

        var left = store.List(inside);
        if (left.IsEmpty)
        {
            _ = store.Mutate(key, body => Release(body));
            return;
        }

        var now = KubernetesTime.Format(time.GetUtcNow());
        _ = store.Mutate(key, FieldOwnership.Noted(
            key, FieldOwnership.Controllers, time.GetUtcNow(), body => NamespaceRemains.Tell(body, left, now)));
    }

    private static void Release(JsonObject body)
    {
        if (body["spec"]?["finalizers"] is JsonArray finalizers)
        {
            _ = finalizers.RemoveAll(one => one?.GetValue<string>() == Finalizer);
        }
    }
}
