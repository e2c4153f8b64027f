using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Reference.Resilience;
using Reference.Telemetry;

namespace PyAirtable.Gateway;

/// <summary>Lets in who has an API key, and not more often than allowed.</summary>
internal sealed class Admission(ImmutableArray<string> keys, RateLimit limit)
{
    private readonly Metric _limited = new(
        MetricKind.Counter, "gateway_rate_limited_total", "Requests refused as one too many.");

    public ImmutableArray<IMetric> Metrics => [_limited];

    /// <summary>Serves the request, or says why not.</summary>
    public Task GuardAsync(HttpContext context, Func<HttpContext, Task> serve)
    {
        var key = context.Request.Headers["X-API-Key"].ToString();
        if (!IsKnown(key))
        {
            return GatewayError.AnswerAsync(context, 401, "an API key is needed, in X-API-Key");
        }

        if (limit.Refuses(key) is { } wait)
        {
            _limited.Add(1);
            context.Response.Headers.RetryAfter =
                Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return GatewayError.AnswerAsync(context, 429, "too many requests");
        }

        return serve(context);
    }

    // All are compared, each in constant time: how long it takes must not tell how much of a key is right.
    private bool IsKnown(string key)
    {
        var given = Encoding.UTF8.GetBytes(key);
        return keys.Aggregate(false, (found, known) =>
            CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(known)) || found);
    }
}
