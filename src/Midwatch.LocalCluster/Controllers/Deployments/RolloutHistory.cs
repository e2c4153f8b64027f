using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>
/// A Deployment's ReplicaSets, told apart into the one of its present template and the older ones. Pure.
/// </summary>
internal sealed record RolloutHistory(ReplicaSetFacts? Newest, ImmutableArray<ReplicaSetFacts> Older)
{
    public const string HashLabel = "pod-template-hash";

    public ImmutableArray<ReplicaSetFacts> All => Newest is null ? Older : [.. Older, Newest];

    /// <summary>The revision that the newest template gets: one past every older one.</summary>
    public long NextRevision => Older.Select(set => set.Revision).DefaultIfEmpty().Max() + 1;

    public static RolloutHistory Of(JsonObject deployment, IEnumerable<StoredObject> owned)
    {
        var sets = owned.Select(set => new ReplicaSetFacts(set))
            .OrderBy(set => set.Created).ThenBy(set => set.Name, StringComparer.Ordinal)
            .ToImmutableArray();
        var wanted = TemplateHash.Canonical(deployment.At("spec", "template"));
        // Were there two of one template, the older is it, as in FindNewReplicaSet.
        var newest = sets.FirstOrDefault(set => TemplateHash.Canonical(WithoutHash(set.Body)) == wanted);
        return new(newest, newest is null ? sets : sets.Remove(newest));
    }

    /// <summary>The older sets that the history limit lets go, oldest revision first.</summary>
    public ImmutableArray<ReplicaSetFacts> Expired(JsonObject deployment)
    {
        var limit = deployment.Number("spec", "revisionHistoryLimit") ?? 10;
        var kept = Older.Where(set => set.Body.At("metadata", "deletionTimestamp") is null).ToImmutableArray();
        return [.. kept
            .OrderBy(set => set.Revision)
            .Take((int)Math.Max(0, kept.Length - limit))
            .Where(set => set.IsSpent)];
    }

    private static JsonNode? WithoutHash(JsonObject replicaSet)
    {
        var template = replicaSet.At("spec", "template")?.DeepClone();
        if (template.At("metadata", "labels") is JsonObject labels)
        {
            _ = labels.Remove(HashLabel);
        }

        return template;
    }
}
