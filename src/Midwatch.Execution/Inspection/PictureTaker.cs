using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Diagnosis.Observations;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Reads the lists of namespaces, all at once, and records what became of each read. Secrets are not among them.
/// </summary>
internal sealed class PictureTaker(KubernetesClient client, TimeProvider time)
{
    private static readonly ImmutableArray<(string Read, string Group, string Version, string Plural)> OfNamespace =
    [
        ("pods", "", "v1", "pods"),
        ("events", "", "v1", "events"),
        ("workloads", "apps", "v1", "deployments"),
        ("workloads", "apps", "v1", "statefulsets"),
        ("workloads", "apps", "v1", "daemonsets"),
        ("workloads", "batch", "v1", "jobs"),
        ("rollouts", "apps", "v1", "replicasets"),
        ("rollouts", "apps", "v1", "controllerrevisions"),
        ("services", "", "v1", "services"),
        ("endpoints", "discovery.k8s.io", "v1", "endpointslices"),
        ("config", "", "v1", "configmaps"),
        ("claims", "", "v1", "persistentvolumeclaims"),
        ("quotas", "", "v1", "resourcequotas"),
    ];

    public async Task<ClusterPicture> TakeAsync(
        IEnumerable<string> namespaces, bool withNodes, CancellationToken cancellationToken)
    {
        var paths = namespaces
            .SelectMany(
                ns => OfNamespace.Select(one => (one.Read, new ResourcePath(one.Group, one.Version, one.Plural, ns))))
            .Concat(withNodes ? [("nodes", ResourcePath.Core("nodes"))] : []);
        var lists = await Task.WhenAll(paths.Select(one => ListAsync(one.Item1, one.Item2, cancellationToken)));
        return new ClusterPicture(
            lists.GroupBy(list => list.Plural).ToImmutableDictionary(
                group => group.Key, group => group.SelectMany(list => list.Items).ToImmutableArray()),
            [.. lists.Select(list => list.Read)], time.GetUtcNow());
    }

    private async Task<(string Plural, ImmutableArray<JsonElement> Items, ReadRecord Read)> ListAsync(
        string read, ResourcePath path, CancellationToken cancellationToken)
    {
        KubernetesAnswer<ResourceList> answer;
        try
        {
            answer = await client.ListAsync(path, ListQuery.All, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The inspection's own limit: what it did not get to is told as not read.
            answer = new KubernetesAnswer<ResourceList>.TimedOut(ClusterInspector.Limit);
        }

        // A kind that the server does not have has no objects there (a list in a missing namespace is an empty list, no
        // 404). A server without pods is none of Kubernetes, so that nothing was read.
        var isUnknownKind = answer is KubernetesAnswer<ResourceList>.NotFound && path.Plural != "pods";
        var outcome = isUnknownKind ? ReadOutcome.Made : Outcome.Of(answer);
        var items = answer is KubernetesAnswer<ResourceList>.Done { Value: var list } ? list.Items : [];
        return (path.Plural, items, new ReadRecord(
            read, path.Namespace, null, $"GET {path}", outcome, isUnknownKind ? null : answer.Failure));
    }
}
