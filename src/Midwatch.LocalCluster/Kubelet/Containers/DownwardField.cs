using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>The downward API: a pod's own fields as text.</summary>
internal static class DownwardField
{
    /// <param name="variables">Hold POD_IP, which the pod's object may not have yet when its containers start.</param>
    public static string Read(JsonObject pod, string path, IReadOnlyDictionary<string, string> variables)
    {
        if (path is "status.podIP" or "status.podIPs")
        {
            return variables.GetValueOrDefault("POD_IP", "");
        }

        if (path is "metadata.labels" or "metadata.annotations")
        {
            return string.Join('\n', pod.Map("metadata", path["metadata.".Length..])
                .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}=\"{pair.Value}\""));
        }

        // metadata.labels['app.kubernetes.io/name']
        var open = path.IndexOf("['", StringComparison.Ordinal);
        if (open > 0 && path.EndsWith("']", StringComparison.Ordinal))
        {
            var map = pod.At(path[..open].Split('.'));
            return map.Text(path[(open + 2)..^2]) ?? "";
        }

        return pod.At(path.Split('.'))?.ToString() ?? "";
    }
}
