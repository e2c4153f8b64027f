using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PyAirtable.Auth;

/// <summary>A signed statement who somebody is, and until when: a JSON Web Token with HMAC-SHA-256.</summary>
/// <param name="Id">The token's own name, by which it can be revoked.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Session">The session that it was made for.</param>
/// <param name="Expires">When it ends.</param>
internal sealed record AccessToken(string Id, Guid User, string Session, DateTimeOffset Expires)
{
    private static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);

    public string Sign(byte[] key)
    {
        var claims = new JsonObject
        {
            ["jti"] = Id, ["sub"] = User.ToString(), ["sid"] = Session, ["exp"] = Expires.ToUnixTimeSeconds(),
        };
        var text = $"{Header}.{Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{text}.{Signature(text, key)}";
    }

    /// <summary>Reads a token; null when it is none of ours, was changed, or has ended.</summary>
    public static AccessToken? Read(string token, byte[] key, DateTimeOffset now)
    {
        if (token.Split('.') is not [var header, var claims, var signature] || header != Header
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(Signature($"{header}.{claims}", key))))
        {
            return null;
        }

        try
        {
            var read = JsonNode.Parse(Base64Url.DecodeFromChars(claims));
            var expires = DateTimeOffset.FromUnixTimeSeconds((long?)read?["exp"] ?? 0);
            return expires > now && (string?)read?["jti"] is { } id && (string?)read["sid"] is { } session
                && Guid.TryParse((string?)read["sub"], out var user)
                ? new AccessToken(id, user, session, expires) : null;
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Signature(string text, byte[] key) =>
        Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)));

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
