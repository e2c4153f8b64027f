using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>
/// The ControllerRevisions of a StatefulSet or DaemonSet: its templates by number, the newest one being what pods are
/// to become (k8s.io/kubernetes/pkg/controller/history).
/// </summary>
internal sealed class RevisionStore(ClusterWriter cluster)
{
    private const string HashLabel = "controller.kubernetes.io/hash";

    /// <summary>The revision of the present template, made or renumbered as needed.</summary>
    public StoredObject Current(StoredObject workload)
    {
        var all = Of(workload);
        var data = Data(workload.Body);
        var text = TemplateHash.Canonical(data);
        var next = (all.IsEmpty ? 0 : Number(all[^1])) + 1;
        if (all.LastOrDefault(revision => TemplateHash.Canonical(revision.Body.At("data")) == text) is { } equal)
        {
            if (equal.Key == all[^1].Key)
            {
                return equal;
            }

            // Going back to an old template makes that revision the newest.
            _ = cluster.Mutate(equal.Key, body => body["revision"] = next);
            return cluster.Store.Get(equal.Key) ?? equal;
        }

        return Create(workload, data, next);
    }

    /// <summary>True when the newest revision is not of the present template.</summary>
    public bool IsNew(StoredObject workload) =>
        Of(workload) is not [.., var newest]
        || TemplateHash.Canonical(newest.Body.At("data")) != TemplateHash.Canonical(Data(workload.Body));

    /// <summary>All revisions, oldest first.</summary>
    public ImmutableArray<StoredObject> Of(StoredObject workload) =>
    [
        .. cluster.Store.List(Kinds.Apps, "controllerrevisions", workload.Key.Namespace)
            .Where(revision => Ownership.IsControlledBy(revision.Body, workload.Uid))
            .OrderBy(Number),
    ];

    /// <summary>Forgets the oldest revisions beyond the limit that no pod and no status names.</summary>
    public void Prune(StoredObject workload, IReadOnlySet<string> live)
    {
        var limit = (int)(workload.Body.Number("spec", "revisionHistoryLimit") ?? 10);
        var dead = Of(workload).Where(revision => !live.Contains(revision.Key.Name)).ToImmutableArray();
        foreach (var revision in dead.Take(Math.Max(0, dead.Length - limit)))
        {
            cluster.Delete(revision.Key);
        }
    }

    public static JsonNode? Template(StoredObject? revision)
    {
        var template = revision?.Body.At("data", "spec", "template")?.DeepClone();
        _ = (template as JsonObject)?.Remove("$patch");
        return template;
    }

    public static string? Hash(StoredObject revision) => revision.Body.Text("metadata", "labels", HashLabel);

    private static long Number(StoredObject revision) => revision.Body.Number("revision") ?? 0;

    private static JsonObject Data(JsonObject workload)
    {
        var template = workload.At("spec", "template")?.DeepClone() as JsonObject ?? [];
        // kubectl's undo sends this as a strategic merge patch: it has to replace the template, not to mix with it.
        template["$patch"] = "replace";
        return new JsonObject { ["spec"] = new JsonObject { ["template"] = template } };
    }

    private StoredObject Create(StoredObject workload, JsonObject data, long number)
    {
        for (var collisions = 0L; ; collisions++)
        {
            var hash = RevisionHash.Of(data, collisions);
            var body = new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "ControllerRevision",
                ["metadata"] = Metadata(workload, hash),
                ["data"] = data.DeepClone(),
                ["revision"] = number,
            };
            var key = Kinds.Revision(workload.Key.Namespace, workload.Key.Name + "-" + hash);
            if (cluster.Create(key, body) is StoreResult.Done done)
            {
                return done.Object;
            }
        }
    }

    private static JsonObject Metadata(StoredObject workload, string hash)
    {
        var labels = workload.Body.At("spec", "template", "metadata", "labels")?.DeepClone() as JsonObject ?? [];
        labels[HashLabel] = hash;
        return new JsonObject
        {
            ["name"] = workload.Key.Name + "-" + hash,
            ["namespace"] = workload.Key.Namespace,
            ["labels"] = labels,
            ["annotations"] = workload.Body.At("metadata", "annotations")?.DeepClone() ?? new JsonObject(),
            ["ownerReferences"] = new JsonArray(Ownership.Reference(workload.Body)),
        };
    }
}
