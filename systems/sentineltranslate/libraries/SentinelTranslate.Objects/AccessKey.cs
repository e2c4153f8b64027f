using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SentinelTranslate.Objects;

/// <summary>Signs requests for objects as S3 does: AWS' signature version 4.</summary>
/// <param name="Id">The public half.</param>
/// <param name="Secret">The other half.</param>
/// <param name="Region">The region that the store says it is in.</param>
public sealed record AccessKey(string Id, string Secret, string Region)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "s3";

    /// <summary>Reads <c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c> and <c>AWS_REGION</c>.</summary>
    /// <exception cref="FormatException">One of the first two is missing; the message names it.</exception>
    public static AccessKey Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string Need(string name) => variable(name) is { Length: > 0 } value
            ? value.Trim() : throw new FormatException($"{name} is not set.");
        return new AccessKey(
            Need("AWS_ACCESS_KEY_ID"), Need("AWS_SECRET_ACCESS_KEY"), variable("AWS_REGION") ?? "us-east-1");
    }

    /// <summary>How a body is told in a signature.</summary>
    public static string Hash(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    public string Authorization(SignedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var scope = $"{request.Time[..8]}/{Region}/{Service}/aws4_request";
        var names = string.Join(';', request.Headers.Keys);
        var toSign = string.Create(CultureInfo.InvariantCulture,
            $"{Algorithm}\n{request.Time}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(Canonical(request, names)))}");
        var key = Encoding.UTF8.GetBytes("AWS4" + Secret);
        foreach (var part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return $"{Algorithm} Credential={Id}/{scope}, SignedHeaders={names}, Signature={signature}";
    }

    /// <summary>Whether a request was signed with this key; spaces after its commas do not matter.</summary>
    public bool Made(string? authorization, SignedRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Plain(authorization ?? "")), Encoding.UTF8.GetBytes(Plain(Authorization(request))));

    private static string Plain(string authorization) => authorization.Replace(", ", ",", StringComparison.Ordinal);

    private static string Canonical(SignedRequest request, string names)
    {
        var query = string.Join('&', request.Query.Select(
            pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var headers = string.Concat(request.Headers.Select(pair => $"{pair.Key}:{pair.Value.Trim()}\n"));
        return $"{request.Method}\n{request.Path}\n{query}\n{headers}\n{names}\n{request.PayloadHash}";
    }
}
