using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Controllers.Volumes;

/// <summary>Lets a claim that is being deleted go once no pod uses it any more.</summary>
internal sealed class ClaimProtection(ClusterWriter cluster) : IController
{
    public string Name => "pvc-protection-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        return key.Is("", "persistentvolumeclaims") ? [key]
            : key.Is("", "pods") && (change.Type == StoreEventType.Deleted || IsOver(change.Object))
                ? Claims(change.Object).Select(name => new ObjectKey("", "persistentvolumeclaims", key.Namespace, name))
                : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is { IsBeingDeleted: true } claim
            && ObjectMetadata.HasFinalizer(claim.Body, ObjectAdmission.ClaimFinalizer)
            && !cluster.Store.List("", "pods", key.Namespace)
                .Any(pod => !IsOver(pod) && Claims(pod).Contains(key.Name)))
        {
            _ = cluster.Mutate(
                key, body => ObjectMetadata.RemoveFinalizer(body, ObjectAdmission.ClaimFinalizer));
        }

        return null;
    }

    // A pod that has ended holds nothing; one that no node has yet holds nothing either.
    private static bool IsOver(StoredObject pod) =>
        pod.Body.Text("status", "phase") is "Succeeded" or "Failed" || pod.Body.Text("spec", "nodeName") is null;

    private static IEnumerable<string> Claims(StoredObject pod) => pod.Body.Items("spec", "volumes")
        .Select(volume => volume.Text("persistentVolumeClaim", "claimName") ?? "").Where(name => name.Length > 0);
}
