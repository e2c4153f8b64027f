using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>
/// Pods and their workload: orphans that match are taken in, owned ones that no longer match are let go.
/// </summary>
internal static class PodAdoption
{
    public static ImmutableArray<PodFacts> Owned(ObjectStore store, StoredObject workload) =>
    [
        .. store.List("", "pods", workload.Key.Namespace)
            .Where(pod => Ownership.IsControlledBy(pod.Body, workload.Uid))
            .Select(pod => new PodFacts(pod)),
    ];

    public static void Adopt(ClusterWriter cluster, StoredObject workload)
    {
        var query = LabelQuery.OfSelector(workload.Body.At("spec", "selector"));
        if (query.IsEmpty)
        {
            return;
        }

        foreach (var pod in cluster.Store.List("", "pods", workload.Key.Namespace))
        {
            var owner = Ownership.Controller(pod.Body);
            if (owner is null && query.Matches(pod.Body) && new PodFacts(pod).IsActive)
            {
                _ = cluster.Mutate(pod.Key, body => AddOwner(body, workload.Body));
            }
            else if (owner.Text("uid") == workload.Uid && !query.Matches(pod.Body))
            {
                _ = cluster.Mutate(pod.Key, body => RemoveOwner(body, workload.Uid));
            }
        }
    }

    /// <summary>Workloads of a kind whose selector matches an orphan.</summary>
    public static IEnumerable<ObjectKey> Wanting(ObjectStore store, string group, string plural, StoredObject orphan) =>
        store.List(group, plural, orphan.Key.Namespace)
            .Where(workload => LabelQuery.OfSelector(workload.Body.At("spec", "selector")) is { IsEmpty: false } query
                && query.Matches(orphan.Body))
            .Select(workload => workload.Key);

    public static void AddOwner(JsonObject body, JsonObject owner)
    {
        var metadata = body.Need("metadata");
        if (metadata["ownerReferences"] is not JsonArray owners)
        {
            owners = [];
            metadata["ownerReferences"] = owners;
        }

        owners.Add((JsonNode)Ownership.Reference(owner));
    }

    private static void RemoveOwner(JsonObject body, string uid)
    {
        if (body.At("metadata", "ownerReferences") is JsonArray owners)
        {
            _ = owners.RemoveAll(owner => owner.Text("uid") == uid);
        }
    }
}
