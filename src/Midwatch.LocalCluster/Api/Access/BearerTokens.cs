using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Midwatch.LocalCluster.Api.Access;

/// <summary>The bearer tokens that the API server accepts. Safe to call from many threads.</summary>
/// <param name="issuedElsewhere">Knows the tokens that were not issued here, as those of service accounts; null for
/// none.</param>
internal sealed class BearerTokens(Func<string, UserIdentity?>? issuedElsewhere = null)
{
    private readonly ConcurrentDictionary<string, UserIdentity> _known = new(StringComparer.Ordinal);

    /// <summary>Makes a new token for an identity.</summary>
    public string Issue(UserIdentity identity)
    {
        var token = RandomNumberGenerator.GetHexString(64, lowercase: true);
        _known[token] = identity;
        return token;
    }

    /// <summary>
    /// Makes a token of a service account: a signed one where the cluster signs, otherwise one known here.
    /// </summary>
    public string IssueFor(Objects.StoredObject account, TimeSpan lifetime) =>
        Sign?.Invoke(account, lifetime)
        ?? Issue(UserIdentity.ServiceAccount(account.Key.Namespace ?? "", account.Key.Name, account.Uid));

    /// <summary>Signs tokens for service accounts; null where nobody does.</summary>
    public Func<Objects.StoredObject, TimeSpan, string?>? Sign { get; init; }

    public UserIdentity? Find(string token) => _known.GetValueOrDefault(token) ?? issuedElsewhere?.Invoke(token);

    /// <summary>Makes a token worthless.</summary>
    public void Revoke(string token) => _known.TryRemove(token, out _);
}
