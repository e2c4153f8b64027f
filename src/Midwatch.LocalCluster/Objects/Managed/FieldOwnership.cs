using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Managed;

/// <summary>Keeps metadata.managedFields for what the cluster's own components write past the API.</summary>
internal static class FieldOwnership
{
    public const string Controllers = "kube-controller-manager";

    public const string Server = "kube-apiserver";

    public const string Scheduler = "kube-scheduler";

    public const string Kubelet = "kubelet";

    private const string Status = "status";

    /// <summary>A change after which its writer owns what it changed.</summary>
    /// <param name="subresource">Through which it writes; null finds out from what it changes.</param>
    public static Action<JsonObject> Noted(
        ObjectKey key, string manager, DateTimeOffset now, Action<JsonObject> change, string? subresource = null) =>
        body =>
        {
            var before = (JsonObject)body.DeepClone();
            change(body);
            if (!JsonNode.DeepEquals(before, body))
            {
                Note(key, manager, now, before, body, subresource);
            }
        };

    /// <summary>Writes down who wrote what is new or other than before.</summary>
    /// <param name="before">Null for a new object: its status is nobody's then.</param>
    public static void Note(
        ObjectKey key, string manager, DateTimeOffset now, JsonObject? before, JsonObject after,
        string? subresource = null)
    {
        // Of what is written often and looked at never, nobody asks who owns it.
        if (KindCatalog.Embedded.Find(key.Group, key.Plural) is not { } kind
            || key is { Group: "coordination.k8s.io" } or { Group: "", Plural: "events" })
        {
            return;
        }

        var time = KubernetesTime.Format(now);
        var fields = ManagedFields.Read(after);
        if (subresource is not null || before is null || !kind.Has(Status) || Same(before, after, Status))
        {
            fields.Update(kind, Owner(subresource ?? ""), before, after, time);
        }
        else if (Same(before, after, "spec"))
        {
            fields.Update(kind, Owner(Status), before, after, time);
        }
        else
        {
            var between = (JsonObject)after.DeepClone();
            between[Status] = before[Status]?.DeepClone();
            fields.Update(kind, Owner(""), before, between, time);
            fields.Update(kind, Owner(Status), between, after, time);
        }

        fields.Write(after);

        FieldOwner Owner(string through) => new(manager, FieldOwner.Update, kind.GroupVersion, through);
    }

    private static bool Same(JsonObject before, JsonObject after, string field) =>
        JsonNode.DeepEquals(before[field], after[field]);
}
