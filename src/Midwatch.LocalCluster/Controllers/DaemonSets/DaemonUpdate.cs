using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.DaemonSets;

/// <summary>
/// What a rolling update of a DaemonSet does next (k8s.io/kubernetes/pkg/controller/daemon, rollingUpdate). Pure.
/// </summary>
/// <param name="Delete">Old pods to take away.</param>
/// <param name="Surge">Nodes that get a new pod beside their old one.</param>
internal sealed record DaemonUpdate(ImmutableArray<PodFacts> Delete, ImmutableArray<string> Surge)
{
    private static readonly DaemonUpdate Nothing = new([], []);

    /// <param name="byNode">The pods of each node that is to run the daemon.</param>
    /// <param name="hash">The revision that pods are to become.</param>
    public static DaemonUpdate Next(
        JsonObject set, ImmutableDictionary<string, ImmutableArray<PodFacts>> byNode, string hash, DateTimeOffset now)
    {
        if (set.Text("spec", "updateStrategy", "type") == "OnDelete")
        {
            return Nothing;
        }

        var rolling = set.At("spec", "updateStrategy", "rollingUpdate");
        var surge = IntOrPercent.Read(rolling.At("maxSurge"), new(0, false)).RoundedUp(byNode.Count);
        var unavailable = IntOrPercent.Read(rolling.At("maxUnavailable"), new(1, false)).RoundedUp(byNode.Count);
        var minimum = TimeSpan.FromSeconds(set.Number("spec", "minReadySeconds") ?? 0);
        return surge > 0
            ? Surging(byNode, hash, surge, minimum, now)
            : Replacing(byNode, hash, Math.Max(1, unavailable), minimum, now);
    }

    private static DaemonUpdate Replacing(
        ImmutableDictionary<string, ImmutableArray<PodFacts>> byNode, string hash, int allowed, TimeSpan minimum,
        DateTimeOffset now)
    {
        var away = 0;
        var broken = new List<PodFacts>();
        var candidates = new List<PodFacts>();
        foreach (var (_, pods) in byNode.OrderBy(node => node.Key, StringComparer.Ordinal))
        {
            var old = pods.FirstOrDefault(pod => pod.IsActive && Revision(pod) != hash);
            var isServed = pods.Any(pod => !pod.IsTerminating && pod.IsAvailable(minimum, now));
            away += isServed ? 0 : 1;
            if (old is not null)
            {
                (isServed ? candidates : broken).Add(old);
            }
        }

        // A pod that serves nobody can go at once.
        return new([.. broken, .. candidates.Take(Math.Max(0, allowed - away))], []);
    }

    private static DaemonUpdate Surging(
        ImmutableDictionary<string, ImmutableArray<PodFacts>> byNode, string hash, int allowed, TimeSpan minimum,
        DateTimeOffset now)
    {
        var delete = ImmutableArray.CreateBuilder<PodFacts>();
        var wanting = new List<string>();
        var surging = 0;
        foreach (var (node, pods) in byNode.OrderBy(node => node.Key, StringComparer.Ordinal))
        {
            var old = pods.FirstOrDefault(pod => pod.IsActive && Revision(pod) != hash);
            var @new = pods.FirstOrDefault(pod => pod.IsActive && Revision(pod) == hash);
            if (old is null)
            {
                continue;
            }

            if (@new is null)
            {
                wanting.Add(node);
            }
            else if (@new.IsAvailable(minimum, now))
            {
                delete.Add(old);
            }
            else
            {
                surging++;
            }
        }

        return new(delete.ToImmutable(), [.. wanting.Take(Math.Max(0, allowed - surging))]);
    }

    private static string? Revision(PodFacts pod) => pod.Body.Text("metadata", "labels", DaemonPod.RevisionLabel);
}
