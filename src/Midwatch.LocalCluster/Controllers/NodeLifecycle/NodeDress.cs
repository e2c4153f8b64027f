using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.NodeLifecycle;

/// <summary>
/// What every node has, whoever made it: the older names of its labels, and how long answers may be kept.
/// </summary>
internal static class NodeDress
{
    private static readonly (string Label, string Older)[] Labels =
        [("kubernetes.io/arch", "beta.kubernetes.io/arch"), ("kubernetes.io/os", "beta.kubernetes.io/os")];

    private static readonly string[] Info =
    [
        "architecture", "bootID", "containerRuntimeVersion", "kernelVersion", "kubeProxyVersion", "kubeletVersion",
        "machineID", "operatingSystem", "osImage", "systemUUID",
    ];

    /// <param name="taken">The ranges of pod addresses that other nodes have.</param>
    public static void Complete(JsonObject node, IReadOnlySet<string> taken)
    {
        foreach (var (label, older) in Labels)
        {
            if (node.Text("metadata", "labels", label) is { } value)
            {
                node.Need("metadata", "labels")[older] = value;
            }
        }

        node.Need("metadata", "annotations")["node.alpha.kubernetes.io/ttl"] ??= "0";
        if (node.Text("spec", "podCIDR") is null)
        {
            // 256 nodes with 254 pods each, as kubeadm has it.
            var range = Enumerable.Range(0, 256)
                .Select(number => string.Create(CultureInfo.InvariantCulture, $"10.244.{number}.0/24"))
                .First(free => !taken.Contains(free));
            node.Need("spec")["podCIDR"] = range;
            node.Need("spec")["podCIDRs"] = new JsonArray(range);
        }
    }

    /// <summary>What is a structure in Go, and so never left out: nobody's writing.</summary>
    public static void Shape(JsonObject node)
    {
        var port = node.Need("status", "daemonEndpoints", "kubeletEndpoint");
        port["Port"] ??= 0;
        var info = node.Need("status", "nodeInfo");
        foreach (var field in Info)
        {
            info[field] ??= "";
        }
    }
}
