using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Jobs;

/// <summary>Where a Job stands: what it counted so far, and the pods that it has now. Pure.</summary>
/// <param name="Active">Pods that neither ended nor are on their way out.</param>
/// <param name="Terminating">Pods on their way out.</param>
/// <param name="Newly">Pods that ended and were not counted before; they are in the counts already.</param>
/// <param name="GiveUp">Why the Job's own policy says that it has failed; null when it does not.</param>
internal sealed record JobTally(
    int Succeeded,
    int Failed,
    ImmutableSortedSet<int> CompletedIndexes,
    ImmutableSortedSet<int> FailedIndexes,
    ImmutableArray<PodFacts> Active,
    ImmutableArray<PodFacts> Terminating,
    ImmutableArray<PodFacts> Newly,
    string? GiveUp)
{
    private const string Ignore = "Ignore";

    /// <summary>Restarts of containers in place, for Jobs whose pods restart on failure.</summary>
    public long RestartsInPlace => Active.Sum(pod => pod.Body.Items("status", "containerStatuses")
        .Concat(pod.Body.Items("status", "initContainerStatuses"))
        .Sum(container => container.Number("restartCount") ?? 0));

    public static JobTally Of(JsonObject job, JobSpec spec, ImmutableArray<PodFacts> pods)
    {
        var status = job.At("status");
        var newly = pods.Where(pod => JobPod.IsTracked(pod) && HasEnded(pod, spec)).ToImmutableArray();
        var succeeded = newly.Where(pod => pod.Phase == "Succeeded").ToImmutableArray();
        // Pods that a suspension takes away have failed nobody.
        var failed = newly.Where(pod => pod.Phase != "Succeeded" && (pod.Phase == "Failed" || !spec.IsSuspended))
            .ToImmutableArray();
        var policies = pods.Where(pod => pod.Phase == "Failed").ToImmutableDictionary(
            pod => pod.Uid, pod => FailurePolicy.Of(job, pod), StringComparer.Ordinal);
        var completed = IndexSet.Parse(status.Text("completedIndexes"))
            .Union(succeeded.Select(JobPod.Index).OfType<int>());
        var failures = pods.Where(pod => pod.Phase == "Failed" && JobPod.Index(pod) is not null
                && policies[pod.Uid]?.Action != Ignore)
            .GroupBy(pod => JobPod.Index(pod)!.Value)
            .ToImmutableDictionary(group => group.Key, group => group.Count());
        return new(
            spec.IsIndexed ? completed.Count : status.Count("succeeded") + succeeded.Length,
            status.Count("failed")
                + failed.Count(pod => policies.GetValueOrDefault(pod.Uid)?.Action != Ignore),
            completed,
            FailedOf(status, spec, failures).Union(GivenUp(pods, policies)).Except(completed),
            [.. pods.Where(pod => pod.IsActive)],
            [.. pods.Where(pod => pod.IsTerminating && !pod.IsFinished)],
            newly,
            policies.Values.FirstOrDefault(policy => policy?.Action == "FailJob")?.Message);
    }

    private static IEnumerable<int> GivenUp(
        ImmutableArray<PodFacts> pods, ImmutableDictionary<string, FailurePolicy?> policies) =>
        pods.Where(pod => policies.GetValueOrDefault(pod.Uid)?.Action == "FailIndex")
            .Select(JobPod.Index).OfType<int>();

    // A pod that is being deleted counts as failed at once, unless its place is only given away when it has ended.
    private static bool HasEnded(PodFacts pod, JobSpec spec) =>
        pod.IsFinished || (pod.IsTerminating && !spec.ReplaceOnlyFailed);

    private static ImmutableSortedSet<int> FailedOf(
        JsonNode? status, JobSpec spec, ImmutableDictionary<int, int> failures) =>
        spec.BackoffLimitPerIndex is { } limit
            ? IndexSet.Parse(status.Text("failedIndexes"))
                .Union(failures.Where(pair => pair.Value > limit).Select(pair => pair.Key))
            : [];
}
