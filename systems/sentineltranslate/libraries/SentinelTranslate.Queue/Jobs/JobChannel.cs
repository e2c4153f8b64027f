using System.Globalization;
using Reference.Redis;
using Reference.Redis.Resp;

namespace SentinelTranslate.Queue.Jobs;

/// <summary>The queue of translation jobs and their results, on the keys that Celery would use.</summary>
/// <param name="broker">The database of the queue.</param>
/// <param name="results">The database of the results; another one, so that flushing one spares the other.</param>
public sealed class JobChannel(RedisClient broker, RedisClient results)
{
    private const string QueueKey = "celery";
    private const string ResultPrefix = "celery-task-meta-";
    private const string ResultSeconds = "86400";
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    /// <summary>Asks the broker for a sign of life.</summary>
    /// <exception cref="RedisUnavailableException">There was none within <paramref name="limit"/>.</exception>
    public async Task PingAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        Accepted(await broker.ExecuteAsync(limit, cancellationToken, "PING"));

    /// <summary>Puts a job at the end of the queue.</summary>
    /// <exception cref="RedisUnavailableException">The broker did not take it.</exception>
    public Task EnqueueAsync(TranslationJob job, CancellationToken cancellationToken) =>
        EnqueueAsync(job.ToMessage(), cancellationToken);

    /// <summary>Puts a batch at the end of the queue.</summary>
    /// <exception cref="RedisUnavailableException">The broker did not take it.</exception>
    public Task EnqueueAsync(BatchJob job, CancellationToken cancellationToken) =>
        EnqueueAsync(job.ToMessage(), cancellationToken);

    /// <summary>Takes the oldest message, waiting for one at most the given number of whole seconds.</summary>
    /// <returns>The message; null when none came.</returns>
    /// <exception cref="RedisUnavailableException">The broker did not answer.</exception>
    public async Task<string?> TakeAsync(int seconds, CancellationToken cancellationToken)
    {
        var limit = AnswerLimit + TimeSpan.FromSeconds(seconds);
        var wait = seconds.ToString(CultureInfo.InvariantCulture);
        var reply = Accepted(await broker.ExecuteAsync(limit, cancellationToken, "BRPOP", QueueKey, wait));
        return reply is RespValue.List { Items: [_, RespValue.Bulk message] } ? message.Text : null;
    }

    /// <summary>Counts the jobs that wait.</summary>
    /// <exception cref="RedisUnavailableException">The broker did not answer.</exception>
    public async Task<long> LengthAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        Accepted(await broker.ExecuteAsync(limit, cancellationToken, "LLEN", QueueKey)) is RespValue.Number length
            ? length.Value
            : 0;

    /// <summary>Stores what became of a job, for a day.</summary>
    /// <exception cref="RedisUnavailableException">The result could not be stored.</exception>
    public Task StoreAsync(string job, JobResult result, CancellationToken cancellationToken) =>
        StoreAsync(job, result.ToMessage(), cancellationToken);

    /// <summary>Stores how far a batch is, for a day.</summary>
    /// <exception cref="RedisUnavailableException">It could not be stored.</exception>
    public Task StoreAsync(string job, BatchState state, CancellationToken cancellationToken) =>
        StoreAsync(job, state.ToMessage(), cancellationToken);

    /// <summary>Looks up what became of a job; pending when nothing is known about it.</summary>
    /// <exception cref="RedisUnavailableException">The results could not be read.</exception>
    public async Task<JobResult> ResultAsync(string job, CancellationToken cancellationToken) =>
        await StoredAsync(job, cancellationToken) is { } stored ? JobResult.Parse(stored) : JobResult.Pending;

    /// <summary>Looks up how far a batch is; pending when nothing is known about it.</summary>
    /// <exception cref="RedisUnavailableException">The results could not be read.</exception>
    public async Task<BatchState> BatchAsync(string job, CancellationToken cancellationToken) =>
        await StoredAsync(job, cancellationToken) is { } stored ? BatchState.Parse(stored) : BatchState.Pending;

    private async Task EnqueueAsync(string message, CancellationToken cancellationToken) =>
        Accepted(await broker.ExecuteAsync(AnswerLimit, cancellationToken, "LPUSH", QueueKey, message));

    private async Task StoreAsync(string job, string message, CancellationToken cancellationToken) =>
        Accepted(await results.ExecuteAsync(
            AnswerLimit, cancellationToken, "SETEX", ResultPrefix + job, ResultSeconds, message));

    private async Task<string?> StoredAsync(string job, CancellationToken cancellationToken) =>
        Accepted(await results.ExecuteAsync(AnswerLimit, cancellationToken, "GET", ResultPrefix + job))
            is RespValue.Bulk { Text: { } stored } ? stored : null;

    // LOADING, NOAUTH, READONLY: a server that answers so is no broker to us.
    private RespValue Accepted(RespValue reply) => reply is RespValue.Error refusal
        ? throw new RedisUnavailableException($"{refusal.Text} ({broker.Address})", null)
        : reply;
}
