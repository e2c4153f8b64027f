using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Identity;

/// <summary>Issues and checks service account tokens: JWTs signed with the cluster's own key (ES256).</summary>
/// <remarks>
/// The signature and times are checked here; that the account (and the pod it is bound to) still exist with the same
/// uid is for the authenticator, which has the store.
/// </remarks>
internal sealed class ServiceAccountTokens(TimeProvider time) : IDisposable
{
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Issue(TokenSubject subject, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        var about = new JsonObject
        {
            ["namespace"] = subject.Namespace,
            ["serviceaccount"] = new JsonObject { ["name"] = subject.ServiceAccount, ["uid"] = subject.Uid },
        };
        if (subject.Pod is { } pod)
        {
            about["pod"] = new JsonObject { ["name"] = pod, ["uid"] = subject.PodUid };
        }

        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = $"system:serviceaccount:{subject.Namespace}:{subject.ServiceAccount}",
            ["aud"] = new JsonArray(Issuer),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
            ["kubernetes.io"] = about,
        };
        var signed = Encode("""{"alg":"ES256","typ":"JWT"}""") + "." + Encode(claims.ToJsonString());
        return signed + "." + Base64Url.EncodeToString(Sign(signed));
    }

    /// <summary>Whose token it is; null when it is not one of this cluster's or its time is over.</summary>
    public TokenSubject? Validate(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || Decode(parts[2]) is not { } signature
            || !_key.VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), signature, HashAlgorithmName.SHA256)
            || Decode(parts[1]) is not { } payload)
        {
            return null;
        }

        using var claims = JsonDocument.Parse(payload);
        var expires = DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("exp").GetInt64());
        if (expires <= time.GetUtcNow())
        {
            return null;
        }

        var about = claims.RootElement.GetProperty("kubernetes.io");
        var account = about.GetProperty("serviceaccount");
        var hasPod = about.TryGetProperty("pod", out var pod);
        return new TokenSubject(
            about.GetProperty("namespace").GetString() ?? "",
            account.GetProperty("name").GetString() ?? "",
            account.GetProperty("uid").GetString() ?? "",
            hasPod ? pod.GetProperty("name").GetString() : null,
            hasPod ? pod.GetProperty("uid").GetString() : null);
    }

    /// <summary>When a token ends, for TokenRequest's status.</summary>
    public DateTimeOffset Expiry(TimeSpan lifetime) => time.GetUtcNow() + lifetime;

    public void Dispose() => _key.Dispose();

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static byte[]? Decode(string part) =>
        Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;

    private byte[] Sign(string text) => _key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256);
}
