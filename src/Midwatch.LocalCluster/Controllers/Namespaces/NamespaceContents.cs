using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Namespaces;

/// <summary>
/// What every namespace has: the service account <c>default</c> and the cluster's certificate authority.
/// </summary>
/// <param name="authority">The CA certificate, PEM.</param>
internal sealed class NamespaceContents(ClusterWriter cluster, string authority) : IController
{
    private const string RootCertificates = "kube-root-ca.crt";

    public string Name => "serviceaccount-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("", "namespaces"))
        {
            return [key];
        }

        var isOurs = (key.Is("", "serviceaccounts") && key.Name == "default")
            || (key.Is("", "configmaps") && key.Name == RootCertificates);
        return isOurs && key.Namespace is { } ns ? [new ObjectKey("", "namespaces", null, ns)] : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is { IsBeingDeleted: false })
        {
            Write(cluster, key.Name, authority);
        }

        return null;
    }

    /// <summary>Puts the contents in at once, for namespaces whose pods must not have to wait.</summary>
    public static void Write(ClusterWriter cluster, string ns, string authority)
    {
        _ = cluster.Create(new ObjectKey("", "serviceaccounts", ns, "default"), new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ServiceAccount",
            ["metadata"] = new JsonObject { ["name"] = "default", ["namespace"] = ns },
        });
        var certificates = new ObjectKey("", "configmaps", ns, RootCertificates);
        var created = cluster.Create(certificates, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ConfigMap",
            ["metadata"] = new JsonObject
            {
                ["name"] = RootCertificates,
                ["namespace"] = ns,
                ["annotations"] = new JsonObject
                {
                    ["kubernetes.io/description"] =
                        "Contains a CA bundle that can be used to verify the kube-apiserver when "
                        + "using internal endpoints such as the internal service IP or kubernetes.default.svc. "
                        + "No other usage is guaranteed across distributions of Kubernetes clusters.",
                },
            },
            ["data"] = new JsonObject { ["ca.crt"] = authority },
        });
        if (created is StoreResult.AlreadyExists)
        {
            _ = cluster.Mutate(certificates, body => body.Need("data")["ca.crt"] = authority);
        }
    }
}
