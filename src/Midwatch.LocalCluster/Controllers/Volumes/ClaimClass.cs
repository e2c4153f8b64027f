using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Volumes;

/// <summary>The storage class of a claim.</summary>
/// <param name="Provisioner">Who makes its volumes, as "rancher.io/local-path".</param>
/// <param name="WaitsForPod">A volume is made only once a pod that needs it has a node.</param>
internal sealed record ClaimClass(string Name, string Provisioner, bool WaitsForPod)
{
    public const string DefaultAnnotation = "storageclass.kubernetes.io/is-default-class";

    /// <summary>The node that the scheduler chose for the pod that needs the claim.</summary>
    public const string SelectedNode = "volume.kubernetes.io/selected-node";

    /// <summary>On a volume: who made it for its claim; nothing on one that somebody made by hand.</summary>
    public const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";

    /// <summary>Null when the claim names none and there is no default, or the one it names is not there.</summary>
    public static ClaimClass? Of(ObjectStore store, JsonObject claim)
    {
        var name = NameOf(store, claim);
        return name.Length == 0 || store.Get(new ObjectKey("storage.k8s.io", "storageclasses", null, name)) is not
            { Body: var body } ? null
            : new ClaimClass(
                name, body.Text("provisioner") ?? "", body.Text("volumeBindingMode") == "WaitForFirstConsumer");
    }

    /// <summary>"" when it names none and there is no default.</summary>
    public static string NameOf(ObjectStore store, JsonObject claim) => claim.Text("spec", "storageClassName")
        ?? store.List("storage.k8s.io", "storageclasses", null).FirstOrDefault(
            found => found.Body.Text("metadata", "annotations", DefaultAnnotation) == "true")?.Key.Name
        ?? "";
}
