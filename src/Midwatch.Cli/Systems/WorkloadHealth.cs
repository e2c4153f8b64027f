namespace Midwatch.Cli.Systems;

/// <summary>What the cluster says of one workload of a system.</summary>
/// <param name="Exists">False when the cluster has no such object.</param>
/// <param name="IsUp">Rolled out and ready, or for a job: complete.</param>
/// <param name="Ready">Ready pods; for a job those that succeeded.</param>
/// <param name="Wanted">How many there are to be.</param>
/// <param name="Problem">Why nothing could be told; null when it could.</param>
internal sealed record WorkloadHealth(
    SystemWorkload Workload, bool Exists, bool IsUp, int Ready, int Wanted, string? Problem = null)
{
    /// <summary>What is missing, in one phrase; null when it is up.</summary>
    internal string? Missing => (IsUp, Problem) switch
    {
        (true, _) => null,
        (_, { } problem) => $"{Workload}: {problem}",
        _ => $"{Workload}: {Ready} of {Wanted} ready",
    };
}
