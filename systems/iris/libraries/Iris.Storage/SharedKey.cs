using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Iris.Storage;

/// <summary>Signs requests to a storage account as Azure does: HMAC-SHA256 over what is asked for.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Key">One of its two keys.</param>
public sealed record SharedKey(string Account, ImmutableArray<byte> Key)
{
    // The headers that count, in the order of the protocol; x-ms-* follow by themselves.
    private static readonly string[] Signed =
    [
        "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date",
        "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range",
    ];

    /// <summary>Reads an account's name and its key in base 64.</summary>
    /// <exception cref="FormatException">One is missing or no key; the message never shows the key.</exception>
    public static SharedKey Parse(string? account, string? key)
    {
        var bytes = new byte[(key ?? "").Length];
        return account is not { Length: > 0 } ? throw new FormatException("STORAGE_ACCOUNT is not set.")
            : key is not { Length: > 0 } || !Convert.TryFromBase64String(key.Trim(), bytes, out var length)
                ? throw new FormatException("The storage account's key is not set, or not in base 64.")
            : new SharedKey(account, [.. bytes.AsSpan(0, length)]);
    }

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    public string Authorization(SignedRequest request) => $"SharedKey {Account}:{Signature(request)}";

    /// <summary>Whether a request was signed with this key.</summary>
    public bool Made(string? authorization, SignedRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(authorization ?? ""), Encoding.UTF8.GetBytes(Authorization(request)));

    private string Signature(SignedRequest request)
    {
        var text = new StringBuilder(request.Method).Append('\n');
        foreach (var header in Signed)
        {
            var value = request.Headers.GetValueOrDefault(header, "");
            text.Append(header == "Content-Length" && value == "0" ? "" : value).Append('\n');
        }

        foreach (var (name, value) in request.Headers
            .Where(header => header.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .Select(header => (Name: Lower(header.Key), header.Value))
            .OrderBy(header => header.Name, StringComparer.Ordinal))
        {
            text.Append(name).Append(':').Append(value.Trim()).Append('\n');
        }

        text.Append('/').Append(Account).Append(request.Path);
        foreach (var (name, value) in request.Query.OrderBy(pair => Lower(pair.Key), StringComparer.Ordinal))
        {
            text.Append('\n').Append(Lower(name)).Append(':').Append(value);
        }

        return Convert.ToBase64String(HMACSHA256.HashData(Key.AsSpan(), Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Lower(string name) => name.ToLowerInvariant();
}
