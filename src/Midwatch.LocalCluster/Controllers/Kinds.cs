using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>Keys of the kinds that controllers work on.</summary>
internal static class Kinds
{
    public const string Apps = "apps";

    public static ObjectKey Pod(string? ns, string name) => new("", "pods", ns, name);

    public static ObjectKey Deployment(string? ns, string name) => new(Apps, "deployments", ns, name);

    public static ObjectKey ReplicaSet(string? ns, string name) => new(Apps, "replicasets", ns, name);

    public static ObjectKey StatefulSet(string? ns, string name) => new(Apps, "statefulsets", ns, name);

    public static ObjectKey DaemonSet(string? ns, string name) => new(Apps, "daemonsets", ns, name);

    public static ObjectKey Revision(string? ns, string name) => new(Apps, "controllerrevisions", ns, name);

    public static ObjectKey Job(string? ns, string name) => new("batch", "jobs", ns, name);

    public static ObjectKey CronJob(string? ns, string name) => new("batch", "cronjobs", ns, name);

    public static bool Is(this ObjectKey key, string group, string plural) =>
        key.Group == group && key.Plural == plural;

    /// <summary>
    /// The key of an object's controller when that is of the given kind, for waking it when the object changes.
    /// </summary>
    public static ObjectKey? OwnerKey(StoredObject owned, string kind, Func<string?, string, ObjectKey> key) =>
        Ownership.Controller(owned.Body) is { } owner && owner.Text("kind") == kind && owner.Text("name") is { } name
            ? key(owned.Key.Namespace, name)
            : null;
}
