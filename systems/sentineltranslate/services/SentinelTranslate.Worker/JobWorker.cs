using Microsoft.Extensions.Logging;
using Reference.Redis;
using SentinelTranslate.Queue.Jobs;

namespace SentinelTranslate.Worker;

/// <summary>Takes jobs as they come and works on a few at once.</summary>
internal sealed partial class JobWorker(
    JobChannel channel, TritonClient triton, BatchTranslator batches, WorkerMetrics metrics, TimeProvider time,
    ILogger log)
{
    private const int TakeSeconds = 1;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    /// <summary>Works until told to stop, then finishes the jobs it has taken.</summary>
    public async Task RunAsync(int concurrency, CancellationToken stopping)
    {
        LogReady(log, concurrency);
        var running = new List<Task>();
        while (!stopping.IsCancellationRequested)
        {
            if (await TakeAsync(stopping) is { } message)
            {
                running.Add(WorkAsync(message));
            }

            if (running.Count == concurrency)
            {
                var done = await Task.WhenAny(running);
                running.Remove(done);
                await done;
            }
        }

        await Task.WhenAll(running);
        LogStopped(log);
    }

    private async Task<string?> TakeAsync(CancellationToken stopping)
    {
        try
        {
            var message = await channel.TakeAsync(TakeSeconds, stopping);
            metrics.Connected(true);
            return message;
        }
        catch (RedisUnavailableException failure)
        {
            metrics.Connected(false);
            LogNoBroker(log, failure.Message, RetryPause.TotalSeconds);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }

        await PauseAsync(stopping);
        return null;
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(RetryPause, time, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopping(log);
        }
    }

    private async Task WorkAsync(string message)
    {
        if (TranslationJob.Parse(message) is { } job)
        {
            await WorkAsync(job.Id, () => TranslateAsync(job), result => result.Status,
                result => channel.StoreAsync(job.Id, result, CancellationToken.None));
        }
        else if (BatchJob.Parse(message) is { } batch)
        {
            await WorkAsync(
                batch.Id, () => batches.TranslateAsync(batch, CancellationToken.None), state => state.Status,
                state => channel.StoreAsync(batch.Id, state, CancellationToken.None));
        }
        else
        {
            LogUnknown(log, message.Length);
        }
    }

    private async Task WorkAsync<T>(string id, Func<Task<T>> work, Func<T, string> status, Func<T, Task> store)
    {
        var start = time.GetTimestamp();
        var result = await work();
        var (duration, end) = (time.GetElapsedTime(start), status(result));
        metrics.Finished(end == "SUCCESS", duration);
        try
        {
            await store(result);
            LogDone(log, id, end, duration.TotalMilliseconds);
        }
        catch (RedisUnavailableException failure)
        {
            LogNotStored(log, id, failure.Message);
        }
    }

    private async Task<JobResult> TranslateAsync(TranslationJob job)
    {
        try
        {
            return await triton.TranslateAsync(
                job.Text, job.SourceLanguage, job.TargetLanguage, CancellationToken.None);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            LogNoTriton(log, job.Id, failure.Message);
            return JobResult.Failure($"The inference server did not answer: {failure.Message}");
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Worker ready, {Concurrency} jobs at once")]
    private static partial void LogReady(ILogger log, int concurrency);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Worker stopped")]
    private static partial void LogStopped(ILogger log);

    [LoggerMessage(EventId = 8, Level = LogLevel.Information, Message = "Stopping while the broker is away")]
    private static partial void LogStopping(ILogger log);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "Job {Job} {Status} in {Milliseconds:0} ms")]
    private static partial void LogDone(ILogger log, string job, string status, double milliseconds);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error,
        Message = "Cannot reach the broker: {Reason}. Trying again in {Seconds} s")]
    private static partial void LogNoBroker(ILogger log, string reason, double seconds);

    [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "Job {Job}: the inference server failed: {Reason}")]
    private static partial void LogNoTriton(ILogger log, string job, string reason);

    [LoggerMessage(EventId = 6, Level = LogLevel.Error, Message = "Job {Job}: result lost: {Reason}")]
    private static partial void LogNotStored(ILogger log, string job, string reason);

    [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message = "A message of {Length} characters is no job")]
    private static partial void LogUnknown(ILogger log, int length);
}
