using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.NodeLifecycle;

/// <summary>
/// What every node has, whoever made it: the older names of its labels, and how long answers may be kept.
/// </summary>
internal static class NodeDress
{
    private static readonly (string Label, string Older)[] Labels =
        [("kubernetes.io/arch", "beta.kubernetes.io/arch"), ("kubernetes.io/os", "beta.kubernetes.io/os")];

    public static void Complete(JsonObject node)
    {
        foreach (var (label, older) in Labels)
        {
            if (node.Text("metadata", "labels", label) is { } value)
            {
                node.Need("metadata", "labels")[older] = value;
            }
        }

        node.Need("metadata", "annotations")["node.alpha.kubernetes.io/ttl"] ??= "0";
    }
}
