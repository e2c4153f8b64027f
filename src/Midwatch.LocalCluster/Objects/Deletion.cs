using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>What a delete request does to an object: remove it now, or mark it and let somebody finish.</summary>
internal static class Deletion
{
    public const string ForegroundFinalizer = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";
    private const long PodGraceSecondsDefault = 30;

    /// <summary>The marked object, or null when nothing holds it and it goes at once.</summary>
    public static JsonObject? Mark(StoredObject target, DeleteOptions options, DateTimeOffset now)
    {
        var body = target.Clone();
        var finalizer = options.Propagation switch
        {
            PropagationPolicy.Foreground => ForegroundFinalizer,
            PropagationPolicy.Orphan => OrphanFinalizer,
            _ => null,
        };
        if (finalizer is not null && !target.IsBeingDeleted)
        {
            ObjectMetadata.AddFinalizer(body, finalizer);
        }

        var grace = GraceSeconds(target, options);
        if (grace == 0 && !IsHeld(target.Key, body))
        {
            return null;
        }

        MarkDeleted(target, body, grace, now);
        return body;
    }

    /// <summary>True while a finalizer keeps the object.</summary>
    public static bool IsHeld(ObjectKey key, JsonObject body) =>
        ObjectMetadata.HasFinalizers(body)
            || (IsNamespace(key) && body["spec"]?["finalizers"] is JsonArray { Count: > 0 });

    /// <summary>True when an object that was waiting for its finalizers waits no more.</summary>
    public static bool IsDue(ObjectKey key, JsonObject body) =>
        body["metadata"]?["deletionTimestamp"] is not null
        && !IsHeld(key, body)
        && (body["metadata"]?["deletionGracePeriodSeconds"] is not JsonValue grace || grace.GetValue<long>() == 0);

    private static void MarkDeleted(StoredObject target, JsonObject body, long grace, DateTimeOffset now)
    {
        var metadata = ObjectMetadata.Of(body);
        var pending = metadata["deletionGracePeriodSeconds"]?.GetValue<long>();

        // A second delete may shorten the time that is left, never lengthen it.
        if (pending is null || grace < pending)
        {
            metadata["deletionTimestamp"] = KubernetesTime.Format(now.AddSeconds(grace));
            metadata["deletionGracePeriodSeconds"] = grace;
        }

        if (IsNamespace(target.Key))
        {
            _ = metadata.Remove("deletionGracePeriodSeconds");
            body["status"] = new JsonObject { ["phase"] = "Terminating" };
        }
    }

    private static long GraceSeconds(StoredObject target, DeleteOptions options)
    {
        // Kubernetes knows grace for pods only; a pod that no kubelet has, or that has ended, needs none.
        if (target.Key is not { Group: "", Plural: "pods" }
            || target.Body["spec"]?["nodeName"] is null
            || target.Body["status"]?["phase"]?.GetValue<string>() is "Failed" or "Succeeded")
        {
            return 0;
        }

        var asked = options.GracePeriodSeconds
            ?? target.Body["spec"]?["terminationGracePeriodSeconds"]?.GetValue<long>()
            ?? PodGraceSecondsDefault;
        return Math.Max(0, asked);
    }

    private static bool IsNamespace(ObjectKey key) => key is { Group: "", Plural: "namespaces" };
}
