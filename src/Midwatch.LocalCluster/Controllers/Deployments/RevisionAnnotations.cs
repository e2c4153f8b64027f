using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>The annotations by which a ReplicaSet remembers its place in a Deployment's history.</summary>
internal static class RevisionAnnotations
{
    public const string Revision = "deployment.kubernetes.io/revision";
    public const string History = "deployment.kubernetes.io/revision-history";
    public const string Desired = "deployment.kubernetes.io/desired-replicas";
    public const string Max = "deployment.kubernetes.io/max-replicas";

    private static readonly string[] NotCopied =
    [
        "kubectl.kubernetes.io/last-applied-configuration", Revision, History, Desired, Max,
        "deprecated.deployment.rollback.to",
    ];

    /// <summary>The annotations of the newest ReplicaSet: the Deployment's own, and the next revision.</summary>
    public static JsonObject ForNewest(JsonObject deployment, JsonObject? replicaSet, long revision)
    {
        var existing = replicaSet.At("metadata", "annotations") as JsonObject;
        var result = existing is null ? [] : (JsonObject)existing.DeepClone();
        foreach (var (name, value) in deployment.Map("metadata", "annotations"))
        {
            if (!NotCopied.Contains(name, StringComparer.Ordinal))
            {
                result[name] = value;
            }
        }

        var before = existing.Text(Revision);
        var number = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var old) ? old : 0;
        if (number >= revision)
        {
            return result;
        }

        result[Revision] = revision.ToString(CultureInfo.InvariantCulture);
        if (before is not null)
        {
            result[History] = existing.Text(History) is { Length: > 0 } history ? history + "," + before : before;
        }

        return result;
    }

    /// <summary>Notes the size that the Deployment wanted when the set was last resized.</summary>
    public static void SetSizes(JsonObject annotations, RolloutLimits limits)
    {
        annotations[Desired] = limits.Desired.ToString(CultureInfo.InvariantCulture);
        annotations[Max] = limits.Total.ToString(CultureInfo.InvariantCulture);
    }
}
