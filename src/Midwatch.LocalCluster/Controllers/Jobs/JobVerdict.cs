namespace Midwatch.LocalCluster.Controllers.Jobs;

/// <summary>How a Job ends, as conditions say it (k8s.io/kubernetes/pkg/controller/job, syncJob). Pure.</summary>
/// <param name="Succeeded">True for Complete, false for Failed.</param>
internal sealed record JobVerdict(bool Succeeded, string Reason, string Message)
{
    private static readonly JobVerdict Reached =
        new(true, "CompletionsReached", "Reached expected number of succeeded pods");

    /// <summary>The condition that says how it will end, while its last pods still go.</summary>
    public string Interim => Succeeded ? "SuccessCriteriaMet" : "FailureTarget";

    public string Final => Succeeded ? "Complete" : "Failed";

    /// <summary>The verdict, or null while there is work to be done.</summary>
    public static JobVerdict? Of(JobSpec spec, JobTally tally, DateTimeOffset? startedAt, DateTimeOffset now)
    {
        if (tally.GiveUp is { } why)
        {
            return new(false, "PodFailurePolicy", why);
        }

        if (spec.Deadline is { } deadline && !spec.IsSuspended && startedAt is { } start && now - start >= deadline)
        {
            return new(false, "DeadlineExceeded", "Job was active longer than specified deadline");
        }

        if (tally.Failed > spec.BackoffLimit || IsPastLimitInPlace(spec, tally))
        {
            return new(false, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }

        if (spec.MaxFailedIndexes is { } most && tally.FailedIndexes.Count > most)
        {
            return new(false, "MaxFailedIndexesExceeded",
                "Job has exceeded the specified maximal number of failed indexes");
        }

        return IsDone(spec, tally) ? AllDone(tally) : null;
    }

    private static JobVerdict AllDone(JobTally tally) =>
        tally.FailedIndexes.IsEmpty ? Reached : new(false, "FailedIndexes", "Job has failed indexes");

    private static bool IsDone(JobSpec spec, JobTally tally) =>
        spec.Completions is { } wanted
            ? tally.Succeeded + tally.FailedIndexes.Count >= wanted && tally.Active.IsEmpty
            : tally.Succeeded > 0 && tally.Active.IsEmpty;

    private static bool IsPastLimitInPlace(JobSpec spec, JobTally tally)
    {
        if (!spec.RestartsInPlace)
        {
            return false;
        }

        var restarts = tally.RestartsInPlace;
        return spec.BackoffLimit == 0 ? restarts > 0 : restarts >= spec.BackoffLimit;
    }
}
