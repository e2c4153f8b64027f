using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Api.Pki;

namespace Midwatch.LocalCluster.Api.Access;

/// <summary>Finds out who asks, from a bearer token or a client certificate.</summary>
internal sealed class Authenticator(BearerTokens tokens, ClusterAuthority authority)
{
    private const string Scheme = "Bearer ";

    /// <summary>The identity; null when credentials were given and are wrong.</summary>
    public async ValueTask<UserIdentity?> IdentifyAsync(HttpContext http)
    {
        if (await http.Connection.GetClientCertificateAsync(http.RequestAborted) is { } certificate)
        {
            return authority.HasSigned(certificate) ? Authenticated(FromSubject(certificate)) : null;
        }

        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return UserIdentity.Anonymous;
        }

        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && tokens.Find(header[Scheme.Length..].Trim()) is { } user
            ? Authenticated(user)
            : null;
    }

    private static UserIdentity Authenticated(UserIdentity user) =>
        user.Groups.Contains(UserIdentity.Authenticated) ? user
            : user with { Groups = user.Groups.Add(UserIdentity.Authenticated) };

    private static UserIdentity FromSubject(X509Certificate2 certificate)
    {
        var groups = ImmutableArray.CreateBuilder<string>();
        var name = "";
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            switch (part.GetSingleElementType().Value)
            {
                case "2.5.4.3":
                    name = part.GetSingleElementValue() ?? "";
                    break;
                case "2.5.4.10":
                    groups.Add(part.GetSingleElementValue() ?? "");
                    break;
            }
        }

        return new UserIdentity(name, groups.ToImmutable())
        {
            CredentialId = "X509SHA256=" + Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256)),
        };
    }
}
