using System.Collections.Immutable;
using System.Text;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Certificates;

/// <summary>
/// Signs what was approved, for the signers that Kubernetes has itself (pkg/controller/certificates/signer). Requests
/// to other signers stay for whoever they are of.
/// </summary>
internal sealed class SigningController(ClusterWriter cluster, ISigner signer, TimeProvider time) : IController
{
    private static readonly ImmutableArray<string> Own =
    [
        "kubernetes.io/kube-apiserver-client", "kubernetes.io/kube-apiserver-client-kubelet",
        "kubernetes.io/kubelet-serving", "kubernetes.io/legacy-unknown",
    ];

    public string Name => "csrsigning";

    public IEnumerable<ObjectKey> Affected(StoreEvent change) =>
        change.Type != StoreEventType.Deleted
        && change.Object.Key.Is("certificates.k8s.io", "certificatesigningrequests") ? [change.Object.Key] : [];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { IsBeingDeleted: false } stored
            || stored.Body.Text("spec", "signerName") is not { } name || !Own.Contains(name)
            || stored.Body.Text("status", "certificate") is not null
            || !Has(stored, "Approved") || Has(stored, "Denied") || Has(stored, "Failed"))
        {
            return null;
        }

        var asked = stored.Body.Number("spec", "expirationSeconds");
        var signed = signer.Sign(
            Encoding.UTF8.GetString(Convert.FromBase64String(stored.Body.Text("spec", "request") ?? "")),
            asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            isForServers: name.EndsWith("-serving", StringComparison.Ordinal),
            out var trouble);
        _ = cluster.Mutate(key, body =>
        {
            if (signed is not null)
            {
                body.Need("status")["certificate"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(signed));
            }
            else
            {
                Conditions.Set(body.Need("status"), Conditions.Make(
                    "Failed", "True", "SignerValidationFailure", trouble ?? "", time.GetUtcNow()));
            }
        });
        return null;
    }

    private static bool Has(StoredObject request, string condition) =>
        Conditions.Find(request.Body.At("status"), condition) is not null;
}
