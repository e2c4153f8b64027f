using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Kubernetes;
using Midwatch.Runbooks.Lint.Manifests;

namespace Midwatch.Cli.Linting;

/// <summary>
/// Reads what a cluster has, for the linter: lists only, nothing is changed, and Secrets are not asked for.
/// </summary>
internal sealed class ClusterObjects(KubernetesClient client)
{
    private static readonly ImmutableArray<(string Kind, ResourcePath Path)> Lists =
    [
        ("Namespace", ResourcePath.Core("namespaces")),
        ("Pod", ResourcePath.Core("pods")),
        ("Service", ResourcePath.Core("services")),
        ("ConfigMap", ResourcePath.Core("configmaps")),
        ("PersistentVolumeClaim", ResourcePath.Core("persistentvolumeclaims")),
        ("Deployment", ResourcePath.Apps("deployments")),
        ("StatefulSet", ResourcePath.Apps("statefulsets")),
        ("DaemonSet", ResourcePath.Apps("daemonsets")),
        ("Job", new ResourcePath("batch", "v1", "jobs")),
        ("CronJob", new ResourcePath("batch", "v1", "cronjobs")),
        ("Ingress", new ResourcePath("networking.k8s.io", "v1", "ingresses")),
        ("HorizontalPodAutoscaler", new ResourcePath("autoscaling", "v2", "horizontalpodautoscalers")),
        ("PodDisruptionBudget", new ResourcePath("policy", "v1", "poddisruptionbudgets")),
    ];

    /// <summary>Everything that it may read; a kind that it may not is not judged.</summary>
    /// <returns>The objects and the kinds that were not told; or why there was no answer at all.</returns>
    internal async Task<(ManifestSet? Objects, ImmutableArray<string> Untold, string? Problem)> ReadAsync(
        CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(Lists.Select(async list => (list.Kind,
            Answer: await client.ListAsync(list.Path, ListQuery.All, cancellationToken))));
        if (answers.All(each => each.Answer is not KubernetesAnswer<ResourceList>.Done))
        {
            return (null, [], $"{client.Kubeconfig.Server}: {answers[0].Answer.Failure}");
        }

        var told = ImmutableArray.CreateBuilder<(string, ImmutableArray<JsonElement>)>();
        var untold = ImmutableArray.CreateBuilder<string>();
        foreach (var (kind, answer) in answers)
        {
            switch (answer)
            {
                case KubernetesAnswer<ResourceList>.Done done:
                    told.Add((kind, done.Value.Items));
                    break;
                case KubernetesAnswer<ResourceList>.NotFound:
                    break;
                default:
                    untold.Add($"{kind} ({answer.Failure})");
                    break;
            }
        }

        return (ManifestReader.Read(told.ToImmutable()), untold.ToImmutable(), null);
    }
}
