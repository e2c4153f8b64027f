using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Controllers.Jobs;

/// <summary>
/// How long a Job waits after failures before it starts the next pod: 10 s, doubled for each further failure since the
/// last success, at most 10 minutes (k8s.io/kubernetes/pkg/controller/job, backoff_utils). Pure.
/// </summary>
internal static class JobBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private const int DoublingsMax = 6;

    public static TimeSpan Remaining(ImmutableArray<PodFacts> pods, DateTimeOffset now)
    {
        var failures = pods.Where(pod => pod.IsFinished)
            .Select(pod => (At: JobPod.FinishedAt(pod, now), Failed: pod.Phase == "Failed"))
            .OrderByDescending(end => end.At)
            .TakeWhile(end => end.Failed)
            .ToImmutableArray();
        if (failures.IsEmpty)
        {
            return TimeSpan.Zero;
        }

        var delay = First * (1 << Math.Min(failures.Length - 1, DoublingsMax));
        return failures[0].At + (delay < Longest ? delay : Longest) - now;
    }
}
