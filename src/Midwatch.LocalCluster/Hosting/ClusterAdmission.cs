using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Managed;
using Midwatch.LocalCluster.Objects.Policies;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>What the API server does to new objects, for those that controllers make in the store themselves.</summary>
internal sealed class ClusterAdmission(ObjectStore store, TimeProvider time, string manager)
{
    private readonly ObjectAdmission _admission = new();
    private readonly ClusterPolicies _policies = new(store);

    /// <summary>Sets the defaults, or answers with the refusal in the API server's words.</summary>
    public string? Admit(ObjectKey key, JsonObject body)
    {
        if (KindCatalog.Embedded.Find(key.Group, key.Plural) is { } kind)
        {
            var status = body["status"]?.DeepClone();
            _admission.Complete(kind, body);
            FieldOwnership.Note(key, manager, time.GetUtcNow(), before: null, body);
            if (_policies.Complete(kind, key.Namespace, body) is { } impossible)
            {
                return Forbidden(kind, key, body, impossible);
            }

            _admission.CompleteNew(kind, body);
            if (status is not null)
            {
                body["status"] = status;
            }

            if (_policies.Refusal(kind, key.Namespace, body) is { } forbidden)
            {
                return Forbidden(kind, key, body, forbidden);
            }
        }

        return key.Is("", "pods") ? MissingAccount(key, body) ?? EndingNamespace(key, body) : null;
    }

    private string? MissingAccount(ObjectKey key, JsonObject pod)
    {
        var account = pod.Text("spec", "serviceAccountName") ?? "default";
        return store.Get(new ObjectKey("", "serviceaccounts", key.Namespace, account)) is not null
            ? null
            : $"pods \"{Unnamed(key, pod)}\" is forbidden: error looking up service account {key.Namespace}/{account}: "
                + $"serviceaccount \"{account}\" not found";
    }

    private string? EndingNamespace(ObjectKey key, JsonObject pod) =>
        store.Get(new ObjectKey("", "namespaces", null, key.Namespace ?? "")) is { IsBeingDeleted: true }
            ? $"pods \"{Unnamed(key, pod)}\" is forbidden: unable to create new content in namespace {key.Namespace} "
                + "because it is being terminated"
            : null;

    private static string Forbidden(KindDefinition kind, ObjectKey key, JsonObject body, string why) =>
        $"{kind.Resource} \"{Name(key, body)}\" is forbidden: {why}";

    // These two look before a name is made out of generateName.
    private static string Unnamed(ObjectKey key, JsonObject pod) =>
        pod.Text("metadata", "generateName") ?? Name(key, pod);

    private static string Name(ObjectKey key, JsonObject pod) =>
        key.Name.Length > 0 ? key.Name : pod.Text("metadata", "generateName") ?? "";
}
