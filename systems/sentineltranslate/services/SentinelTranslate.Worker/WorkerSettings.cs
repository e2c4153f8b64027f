using System.Globalization;
using Reference.Redis;
using SentinelTranslate.Objects;

namespace SentinelTranslate.Worker;

/// <summary>What the container's environment says.</summary>
/// <param name="Broker">The database of the queue.</param>
/// <param name="Results">The database of the results.</param>
/// <param name="Triton">The inference server.</param>
/// <param name="Objects">The endpoint of the object store.</param>
/// <param name="Key">Its access key.</param>
/// <param name="Concurrency">How many jobs are worked on at once.</param>
internal sealed record WorkerSettings(
    RedisAddress Broker, RedisAddress Results, Uri Triton, Uri Objects, AccessKey Key, int Concurrency)
{
    private const int DefaultConcurrency = 4;

    /// <exception cref="FormatException">A value is not what it should be; the message says which and how.</exception>
    public static WorkerSettings Read(Func<string, string?> variable)
    {
        var triton = variable("TRITON_URL") ?? "http://sentineltranslate-triton:8000";
        var concurrency = variable("WORKER_CONCURRENCY");
        var count = DefaultConcurrency;
        if (!Uri.TryCreate(triton, UriKind.Absolute, out var address))
        {
            throw new FormatException($"TRITON_URL: '{triton}' is not an address such as 'http://triton:8000'.");
        }

        if (concurrency is not null
            && (!int.TryParse(concurrency, CultureInfo.InvariantCulture, out count) || count < 1))
        {
            throw new FormatException($"WORKER_CONCURRENCY: '{concurrency}' is not a number above 0.");
        }

        const string Redis = "redis://sentineltranslate-redis-master:6379/";
        return new WorkerSettings(
            RedisAddress.Parse(variable("CELERY_BROKER_URL") ?? Redis + "0"),
            RedisAddress.Parse(variable("CELERY_RESULT_BACKEND") ?? Redis + "1"),
            address,
            Uri.TryCreate(variable("AWS_ENDPOINT_URL"), UriKind.Absolute, out var objects)
                ? objects : throw new FormatException("AWS_ENDPOINT_URL is not set, or no address."),
            AccessKey.Read(variable),
            count);
    }
}
