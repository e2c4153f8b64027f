using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Reference.Redis;
using Reference.Redis.Resp;

namespace PyAirtable.Auth;

/// <summary>Sessions and revoked access tokens, in Redis. Of a refresh token only the hash is kept.</summary>
/// <remarks>Every method throws <see cref="RedisUnavailableException"/> when Redis cannot serve.</remarks>
internal sealed class SessionStore(RedisClient redis, TimeSpan life)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Begins a session.</summary>
    /// <returns>Its refresh token.</returns>
    public async Task<string> BeginAsync(Guid user, string session, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        _ = await AskAsync(cancellationToken, "SET", Key(token), $"{user}:{session}", "EX", Seconds(life));
        return token;
    }

    /// <summary>Takes a refresh token: it is good once. Null when it is unknown, was used, or has ended.</summary>
    public async Task<(Guid User, string Session)?> TakeAsync(string token, CancellationToken cancellationToken) =>
        await AskAsync(cancellationToken, "GETDEL", Key(token)) is RespValue.Bulk { Text: { } text }
        && text.Split(':') is [var user, var session] && Guid.TryParse(user, out var id)
            ? (id, session) : null;

    /// <summary>Ends a session: its refresh token is good for nothing, and no access token of it either.</summary>
    /// <param name="last">How long the last access token that was made for it is good.</param>
    public async Task EndAsync(string session, string? refresh, TimeSpan last, CancellationToken cancellationToken)
    {
        _ = await AskAsync(cancellationToken, "SET", $"ended:{session}", "1", "EX", Seconds(last));
        if (refresh is not null)
        {
            _ = await AskAsync(cancellationToken, "DEL", Key(refresh));
        }
    }

    /// <summary>Whether the session was ended by its user.</summary>
    public async Task<bool> EndedAsync(string session, CancellationToken cancellationToken) =>
        await AskAsync(cancellationToken, "EXISTS", $"ended:{session}") is RespValue.Number { Value: > 0 };

    /// <summary>Throws when Redis does not answer.</summary>
    public async Task ProbeAsync(CancellationToken cancellationToken) => await AskAsync(cancellationToken, "PING");

    private Task<RespValue> AskAsync(CancellationToken cancellationToken, params string[] words) =>
        redis.ExecuteAsync(Limit, cancellationToken, words);

    private static string Key(string token) =>
        $"refresh:{Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(token)))}";

    private static string Seconds(TimeSpan span) =>
        Math.Max(1, (long)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
