using System.Text;
using Reference.Redis;
using Reference.Web;

namespace PyAirtable.Auth;

/// <summary>What the ConfigMap and the Secret tell the auth service.</summary>
/// <param name="Database">As <c>postgresql://user:password@host:5432/database</c>.</param>
/// <param name="Redis">Where sessions are kept.</param>
/// <param name="Key">Signs access tokens; the same in every replica.</param>
/// <param name="AccessLife">How long an access token is good.</param>
/// <param name="RefreshLife">How long a session lasts without being refreshed.</param>
internal sealed record AuthSettings(
    string Database, RedisAddress Redis, byte[] Key, TimeSpan AccessLife, TimeSpan RefreshLife)
{
    private const int KeyBytesLeast = 32;

    /// <exception cref="FormatException">Something is missing or no such value; the message names it.</exception>
    public static AuthSettings Read(Variables variables)
    {
        var key = Encoding.UTF8.GetBytes(variables.Need("TOKEN_KEY"));
        return new AuthSettings(
            variables.Need("DATABASE_URL"),
            RedisAddress.Parse(variables.Need("REDIS_URL")),
            key.Length >= KeyBytesLeast ? key
                : throw new FormatException($"TOKEN_KEY: {key.Length} bytes are too short, {KeyBytesLeast} at least."),
            variables.Seconds("ACCESS_TOKEN_SECONDS", 900),
            variables.Seconds("REFRESH_TOKEN_SECONDS", 604_800));
    }
}
