using Microsoft.Extensions.Logging;
using Reference.ClusterApi;

namespace PyAirtable.Chaos;

/// <summary>One experiment from its first look to its result.</summary>
internal sealed partial class ExperimentRun(
    Experiment experiment, Guardrails guardrails, Target target, SteadyState steady, TimeProvider time, ILogger log)
{
    // Once may be luck: an address that answers between two failures is not back.
    private const int LooksInARow = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SteadyWithin = TimeSpan.FromSeconds(10);

    /// <param name="space">The namespace of the experiments.</param>
    /// <param name="own">The Job that this is.</param>
    public async Task<ExperimentResult> RunAsync(string space, string own, CancellationToken cancellationToken)
    {
        var before = (await target.PodsAsync(cancellationToken)).Length;
        var others = await target.OthersAsync(space, own, cancellationToken);
        if (guardrails.Refuses(experiment, others, before) is { } reason)
        {
            LogRefused(log, experiment.Name, reason);
            return new ExperimentResult(ExperimentEnd.Refused, null);
        }

        if (await SteadyAgainAsync(before, SteadyWithin, cancellationToken) is null)
        {
            LogRefused(log, experiment.Name, "the system is not in its steady state before the experiment");
            return new ExperimentResult(ExperimentEnd.Refused, null);
        }

        LogSteady(log, experiment.Name, before);
        var killed = await target.KillAsync(cancellationToken);
        LogKilled(log, experiment.Name, string.Join(", ", killed));
        var took = await SteadyAgainAsync(before, experiment.Expected, cancellationToken);
        if (took is not { } recovered)
        {
            LogLost(log, experiment.Name, experiment.Expected.TotalSeconds);
            return new ExperimentResult(ExperimentEnd.NotRecovered, null);
        }

        LogRecovered(log, experiment.Name, recovered.TotalSeconds, experiment.Expected.TotalSeconds);
        return new ExperimentResult(ExperimentEnd.Recovered, recovered);
    }

    /// <returns>When the steady state that then lasted began, counted from now; null when not in time.</returns>
    private async Task<TimeSpan?> SteadyAgainAsync(int pods, TimeSpan within, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var row = 0;
        TimeSpan? since = null;
        var told = "";
        while (time.GetElapsedTime(start) < within + (Pause * LooksInARow))
        {
            var at = time.GetElapsedTime(start);
            var problem = await LookAsync(pods, cancellationToken);
            row = problem is null ? row + 1 : 0;
            since = problem is null ? since ?? at : null;
            if (row >= LooksInARow)
            {
                return since;
            }

            if (problem is not null && problem != told)
            {
                LogProblem(log, at.TotalSeconds, problem);
                told = problem;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        return null;
    }

    private async Task<string?> LookAsync(int pods, CancellationToken cancellationToken)
    {
        try
        {
            return await steady.LookAsync(pods, cancellationToken);
        }
        catch (Exception failure) when (ApiReader.IsOutage(failure, cancellationToken))
        {
            return $"the API server: {failure.Message}";
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Experiment} does not begin: {Reason}")]
    private static partial void LogRefused(ILogger log, string experiment, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "{Experiment}: steady before, {Pods} pods")]
    private static partial void LogSteady(ILogger log, string experiment, int pods);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "{Experiment}: killed {Pods}")]
    private static partial void LogKilled(ILogger log, string experiment, string pods);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "after {Seconds:0.0} s: {Problem}")]
    private static partial void LogProblem(ILogger log, double seconds, string problem);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information,
        Message = "{Experiment}: steady again after {Seconds:0.0} s ({Expected:0} s expected)")]
    private static partial void LogRecovered(ILogger log, string experiment, double seconds, double expected);

    [LoggerMessage(EventId = 6, Level = LogLevel.Error, Message = "{Experiment}: not steady within {Seconds:0} s")]
    private static partial void LogLost(ILogger log, string experiment, double seconds);
}
