using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.DaemonSets;

/// <summary>The status of a DaemonSet. Pure.</summary>
internal static class DaemonStatus
{
    /// <param name="wanted">The nodes that are to run the daemon.</param>
    public static JsonObject Of(
        JsonObject set, ImmutableHashSet<string> wanted, ImmutableArray<PodFacts> pods, string hash,
        DateTimeOffset now)
    {
        var minimum = TimeSpan.FromSeconds(set.Number("spec", "minReadySeconds") ?? 0);
        var (scheduled, ready, available, updated, misplaced) = (0, 0, 0, 0, 0);
        foreach (var node in pods.Where(pod => !pod.IsTerminating).GroupBy(DaemonPod.NodeOf))
        {
            if (node.Key is null || !wanted.Contains(node.Key))
            {
                misplaced++;
                continue;
            }

            scheduled++;
            ready += node.Any(pod => pod.IsReady) ? 1 : 0;
            available += node.Any(pod => pod.IsAvailable(minimum, now)) ? 1 : 0;
            updated += node.Any(pod => pod.Body.Text("metadata", "labels", DaemonPod.RevisionLabel) == hash) ? 1 : 0;
        }

        var status = new JsonObject
        {
            ["currentNumberScheduled"] = scheduled,
            ["desiredNumberScheduled"] = wanted.Count,
            ["numberMisscheduled"] = misplaced,
            ["numberReady"] = ready,
            ["observedGeneration"] = set.Number("metadata", "generation") ?? 0,
        };
        Put("updatedNumberScheduled", updated);
        Put("numberAvailable", available);
        Put("numberUnavailable", wanted.Count - available);
        return status;

        void Put(string name, int count)
        {
            if (count > 0)
            {
                status[name] = count;
            }
        }
    }
}
