using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Autoscaling;

/// <summary>What an autoscaler scales: a Deployment, ReplicaSet or StatefulSet with the pods that it selects.</summary>
internal sealed record ScaleTarget(ObjectKey Key, int Replicas, ImmutableArray<PodFacts> Pods)
{
    /// <summary>The target, or why it is not there, in the words of the scale client.</summary>
    public static (ScaleTarget? Target, string? Error) Find(ObjectStore store, JsonObject autoscaler)
    {
        var reference = autoscaler.At("spec", "scaleTargetRef");
        var (kind, name) = (reference.Text("kind") ?? "", reference.Text("name") ?? "");
        var ns = autoscaler.Text("metadata", "namespace");
        var plural = kind switch
        {
            "Deployment" => "deployments",
            "ReplicaSet" => "replicasets",
            "StatefulSet" => "statefulsets",
            _ => null,
        };
        if (plural is null)
        {
            var version = reference.Text("apiVersion") ?? "";
            return (null, $"unable to determine resource for scale target reference: no matches for kind \"{kind}\" "
                + $"in version \"{version}\"");
        }

        var key = new ObjectKey(Kinds.Apps, plural, ns, name);
        if (store.Get(key) is not { } target)
        {
            return (null, $"{key.Plural}.{key.Group} \"{name}\" not found");
        }

        var query = LabelQuery.OfSelector(target.Body.At("spec", "selector"));
        ImmutableArray<PodFacts> pods =
        [
            .. store.List("", "pods", ns).Where(pod => !query.IsEmpty && query.Matches(pod.Body))
                .Select(pod => new PodFacts(pod)),
        ];
        return (new(key, (int)(target.Body.Number("spec", "replicas") ?? 1), pods), null);
    }
}
