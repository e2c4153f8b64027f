using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Reference.Telemetry;

namespace PyAirtable.Gateway;

/// <summary>Says whose access token it is: from the cache, else by asking the auth service.</summary>
internal sealed class TokenCheck(Backend auth, TokenCache cache)
{
    private readonly Metric _checks = new(
        MetricKind.Counter, "gateway_token_checks_total", "Access tokens looked at, by how.", "result");

    public ImmutableArray<IMetric> Metrics => [_checks];

    /// <returns>The user; or the status to answer with, and why.</returns>
    public async Task<(string? User, int Status, string Problem)> WhoAsync(
        string authorization, CancellationToken cancellationToken)
    {
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return (null, 401, "an access token is needed");
        }

        var token = authorization["Bearer ".Length..];
        if (cache.Find(token) is { } known)
        {
            _checks.Add(1, "cached");
            return (known, 200, "");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/auth/validate", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        switch (await auth.SendAsync(request, cancellationToken))
        {
            case BackendAnswer.Refused { Reason: var reason }:
                _checks.Add(1, "unavailable");
                return (null, 503, reason);
            case BackendAnswer.Answered { Response: var response }:
                using (response)
                {
                    return await ReadAsync(token, response, cancellationToken);
                }

            default:
                throw new InvalidOperationException("A service answers or refuses.");
        }
    }

    private async Task<(string? User, int Status, string Problem)> ReadAsync(
        string token, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            _checks.Add(1, "refused");
            return (null, 401, "this access token is not valid, or no longer");
        }

        if (response.IsSuccessStatusCode
            && JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) is { } body
            && (string?)body["user_id"] is { } user && (long?)body["expires_at"] is { } ends)
        {
            _checks.Add(1, "asked");
            cache.Keep(token, user, DateTimeOffset.FromUnixTimeSeconds(ends));
            return (user, 200, "");
        }

        _checks.Add(1, "unavailable");
        return (null, 503, $"the auth service answered {(int)response.StatusCode}");
    }
}
