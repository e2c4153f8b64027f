using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Logs;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>What a container left to say at its end.</summary>
internal static class TerminationMessage
{
    private const int BytesMax = 4096;

    /// <summary>The content of its terminationMessagePath, or the end of its log where the policy says so.</summary>
    public static async Task<string?> ReadAsync(JsonObject container, ContainerInstance instance, bool failed)
    {
        var file = instance.TerminationFile;
        if (File.Exists(file))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            if (bytes.Length > 0)
            {
                return Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, BytesMax)));
            }
        }

        return failed && container.Text("terminationMessagePolicy") == "FallbackToLogsOnError"
            ? await LogTail.ReadAsync(instance.Log, CancellationToken.None)
            : null;
    }
}
