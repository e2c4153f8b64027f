using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Kubelet.Images;

/// <summary>The credentials that a pod brings for its pulls.</summary>
/// <param name="Missing">Names of pull secrets that are not there.</param>
internal sealed record PullSecrets(ImmutableArray<RegistryCredentials> Credentials, ImmutableArray<string> Missing)
{
    /// <summary>Those of the pod and of its service account.</summary>
    public static PullSecrets Of(JsonObject pod, ObjectStore store)
    {
        var ns = pod.Text("metadata", "namespace") ?? "default";
        var accountName = pod.Text("spec", "serviceAccountName") ?? "default";
        var account = store.Get(new("", "serviceaccounts", ns, accountName))?.Body;
        var secrets = pod.Items("spec", "imagePullSecrets").Concat(account.Items("imagePullSecrets"))
            .Select(reference => reference.Text("name")).OfType<string>().Distinct()
            .Select(name => (Name: name, store.Get(new("", "secrets", ns, name))?.Body))
            .ToList();
        return new(
            [.. secrets.SelectMany(secret => secret.Body is null ? [] : RegistryCredentials.Read(secret.Body))],
            [.. secrets.Where(secret => secret.Body is null).Select(secret => secret.Name)]);
    }
}
