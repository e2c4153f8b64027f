using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Jobs;

/// <summary>What a Job asks for.</summary>
/// <param name="Completions">Null for a work queue: one success ends it.</param>
/// <param name="Deadline">How long it may be active at all; null for ever.</param>
/// <param name="TimeToLive">How long it stays after its end; null for ever.</param>
/// <param name="ReplaceOnlyFailed">A terminating pod keeps its place until it has ended.</param>
internal sealed record JobSpec(
    int Parallelism,
    int? Completions,
    long BackoffLimit,
    long? BackoffLimitPerIndex,
    long? MaxFailedIndexes,
    TimeSpan? Deadline,
    TimeSpan? TimeToLive,
    bool IsSuspended,
    bool IsIndexed,
    bool ReplaceOnlyFailed,
    bool RestartsInPlace)
{
    private const int BackoffLimitDefault = 6;

    public static JobSpec Of(JsonObject job)
    {
        var spec = job.At("spec");
        var perIndex = spec.Number("backoffLimitPerIndex");
        return new(
            (int)(spec.Number("parallelism") ?? 1),
            (int?)spec.Number("completions"),
            spec.Number("backoffLimit") ?? (perIndex is null ? BackoffLimitDefault : int.MaxValue),
            perIndex,
            spec.Number("maxFailedIndexes"),
            Seconds(spec.Number("activeDeadlineSeconds")),
            Seconds(spec.Number("ttlSecondsAfterFinished")),
            spec.Flag("suspend"),
            spec.Text("completionMode") == "Indexed",
            spec.Text("podReplacementPolicy") == "Failed",
            spec.Text("template", "spec", "restartPolicy") == "OnFailure");
    }

    private static TimeSpan? Seconds(long? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : null;
}
