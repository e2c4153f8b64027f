using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Controllers.Quotas;

/// <summary>Tells in each quota's status how much is used.</summary>
internal sealed class QuotaController(ClusterWriter cluster) : IController
{
    private readonly Objects.Policies.Quotas _quotas = new(cluster.Store);

    public string Name => "resourcequota-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("", "resourcequotas"))
        {
            return [key];
        }

        return key.Namespace is null || (change.Type == StoreEventType.Modified && !IsCountedOtherwise(change))
            || KindCatalog.Embedded.Find(key.Group, key.Plural) is not { } kind
            ? []
            : cluster.Store.List("", "resourcequotas", key.Namespace)
                .Where(quota => quota.Body.Map("spec", "hard").Any(
                    pair => Objects.Policies.Quotas.Concerns(kind, pair.Key)))
                .Select(quota => quota.Key);
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { } quota)
        {
            return null;
        }

        var used = new JsonObject();
        foreach (var (name, amount) in _quotas.Used(quota))
        {
            used[name] = amount.ToString();
        }

        cluster.WriteStatus(key, new JsonObject
        {
            ["hard"] = quota.Body.At("spec", "hard")?.DeepClone() ?? new JsonObject(),
            ["used"] = used,
        });
        return null;
    }

    // A change counts when it ends a pod or alters a spec; not for every heartbeat of a status.
    private static bool IsCountedOtherwise(StoreEvent change) => change.Previous is not { } before
        || before.Body.Text("status", "phase") != change.Object.Body.Text("status", "phase")
        || !JsonNode.DeepEquals(before.Body["spec"], change.Object.Body["spec"]);
}
