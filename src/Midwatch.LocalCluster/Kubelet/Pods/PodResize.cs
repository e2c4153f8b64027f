using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;

namespace Midwatch.LocalCluster.Kubelet.Pods;

/// <summary>Brings the resources of a running pod's containers to what its manifest wants by now.</summary>
internal sealed class PodResize(PodContext pod, Func<IEnumerable<ContainerRecord>> records)
{
    private static readonly string[] Resources = ["cpu", "memory"];

    /// <summary>Infeasible or Deferred, and why; null when nothing waits.</summary>
    public (string Reason, string Message)? Pending { get; private set; }

    /// <summary>Looks again; true when the pod's status changed by it.</summary>
    public bool Look()
    {
        var wanted = pod.Pod.Body.Items("spec", "containers").Concat(pod.Pod.Body.Items("spec", "initContainers"))
            .ToDictionary(one => one.Text("name") ?? "");
        var changed = records().Where(record => wanted.TryGetValue(record.Name, out var spec)
            && ContainerRecord.ResourcesOf(spec) != record.Resources).ToArray();
        var before = Pending;
        Pending = changed.Length == 0 ? null : Obstacle();
        if (Pending is not null || changed.Length == 0)
        {
            return before != Pending;
        }

        foreach (var record in changed)
        {
            Apply(record, wanted[record.Name]);
        }

        return true;
    }

    private static void Apply(ContainerRecord record, JsonObject wanted)
    {
        var before = (JsonObject)JsonNode.Parse(record.Resources)!;
        var restarts = wanted.Items("resizePolicy").Any(policy => policy.Text("restartPolicy") == "RestartContainer"
            && policy.Text("resourceName") is { } name && (Differs(before, wanted, "limits", name)
                || Differs(before, wanted, "requests", name)));
        record.Resize(wanted);
        if (restarts && record is { State: ContainerState.Running, Current: { } instance })
        {
            instance.RestartForResize();
        }
    }

    private static bool Differs(JsonObject before, JsonObject wanted, string kind, string name) =>
        before.At(kind, name)?.ToString() != wanted.At("resources", kind, name)?.ToString();

    // What a node has not at all will never do; what others have taken may come free.
    private (string Reason, string Message)? Obstacle()
    {
        var node = pod.Options;
        foreach (var name in Resources)
        {
            var capacity = ResourceAmount.Parse(name == "cpu" ? node.Size.Cpu : node.Size.Memory) ?? 0;
            var requested = Requested(pod.Pod.Body, name);
            if (requested > capacity)
            {
                return ("Infeasible", "Node didn't have enough capacity: "
                    + $"{name}, requested: {Show(name, requested)}, capacity: {Show(name, capacity)}");
            }

            var used = node.Store.List("", "pods", null).Where(other => other.Uid != pod.Uid
                    && other.Body.Text("spec", "nodeName") == node.NodeName
                    && other.Body.Text("status", "phase") is not ("Succeeded" or "Failed"))
                .Sum(other => Requested(other.Body, name));
            if (used + requested > capacity)
            {
                return ("Deferred", $"Node didn't have enough resource: {name}, requested: {Show(name, requested)}, "
                    + $"used: {Show(name, used)}, capacity: {Show(name, capacity)}");
            }
        }

        return null;
    }

    private static decimal Requested(JsonObject body, string name) => body.Items("spec", "containers")
        .Concat(body.Items("spec", "initContainers").Where(one => one.Text("restartPolicy") == "Always"))
        .Sum(one => ResourceAmount.Parse(one.At("resources", "requests", name)?.ToString()) ?? 0);

    // As the kubelet counts: thousandths of a processor, and bytes.
    private static string Show(string name, decimal amount) =>
        (name == "cpu" ? amount * 1000 : amount).ToString("0", CultureInfo.InvariantCulture);
}
