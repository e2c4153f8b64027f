using System.Collections.Immutable;
using Reference.Web;

namespace PyAirtable.Gateway;

/// <summary>What the ConfigMap and the Secret tell the gateway.</summary>
/// <param name="Auth">The auth service.</param>
/// <param name="Platform">The platform services.</param>
/// <param name="ApiKeys">The keys of the applications that may ask.</param>
/// <param name="PerMinute">How many requests each of them has a minute.</param>
/// <param name="TokenCache">How long a token that was found good is taken for good without asking again.</param>
/// <param name="Answer">How long a service may take.</param>
/// <param name="BreakerFailures">How many failures in a row open a service's circuit.</param>
/// <param name="BreakerOpen">How long it stays open.</param>
internal sealed record GatewaySettings(
    Uri Auth, Uri Platform, ImmutableArray<string> ApiKeys, int PerMinute, TimeSpan TokenCache, TimeSpan Answer,
    int BreakerFailures, TimeSpan BreakerOpen)
{
    /// <exception cref="FormatException">Something is missing or no such value; the message names it.</exception>
    public static GatewaySettings Read(Variables variables) => new(
        variables.Address("AUTH_SERVICE_URL"),
        variables.Address("PLATFORM_SERVICES_URL"),
        [.. variables.Need("API_KEYS").Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        variables.Number("RATE_LIMIT_PER_MINUTE", 600),
        variables.Seconds("TOKEN_CACHE_SECONDS", 300),
        variables.Seconds("ANSWER_SECONDS", 5),
        variables.Number("BREAKER_FAILURES", 5),
        variables.Seconds("BREAKER_OPEN_SECONDS", 15));
}
