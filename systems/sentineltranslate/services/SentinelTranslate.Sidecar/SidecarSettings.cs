using Reference.Redis;

namespace SentinelTranslate.Sidecar;

/// <summary>What the container's environment says.</summary>
/// <param name="Release">The release this image was built as.</param>
/// <param name="Broker">The database of the queue.</param>
/// <param name="Results">The database of the results.</param>
/// <param name="GlossaryDirectory">Where the glossary cache lies; null for releases without a glossary.</param>
internal sealed record SidecarSettings(
    string Release, RedisAddress Broker, RedisAddress Results, string? GlossaryDirectory)
{
    private const string DefaultBroker = "redis://sentineltranslate-redis-master:6379/0";
    private const string DefaultResults = "redis://sentineltranslate-redis-master:6379/1";

    /// <exception cref="FormatException">A broker's address is none.</exception>
    public static SidecarSettings Read(Func<string, string?> variable)
    {
        var glossary = variable("GLOSSARY_CACHE");
        return new SidecarSettings(
            variable("RELEASE") ?? "unknown",
            RedisAddress.Parse(variable("CELERY_BROKER_URL") ?? DefaultBroker),
            RedisAddress.Parse(variable("CELERY_RESULT_BACKEND") ?? DefaultResults),
            glossary is null ? null : (variable("MIDWATCH_ROOT") ?? "") + glossary);
    }
}
