using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Identity;

/// <summary>
/// Service account tokens of pods: issued for accounts that are there, and worth something while these are.
/// </summary>
internal sealed class PodTokens(ObjectStore store, ServiceAccountTokens tokens)
{
    /// <summary>A token bound to a pod; null when the account is not there.</summary>
    public string? Issue(string ns, string serviceAccount, string podName, string podUid, TimeSpan lifetime) =>
        store.Get(Account(ns, serviceAccount)) is { } account
            ? tokens.Issue(new TokenSubject(ns, serviceAccount, account.Uid, podName, podUid), lifetime)
            : null;

    /// <summary>A token of an account that is bound to nothing else (TokenRequest).</summary>
    public string Issue(StoredObject account, TimeSpan lifetime) => tokens.Issue(
        new TokenSubject(account.Key.Namespace ?? "", account.Key.Name, account.Uid, null, null), lifetime);

    /// <summary>
    /// Whose token it is; null when it is none, or its account or pod is gone or another of the same name.
    /// </summary>
    public TokenSubject? Find(string token)
    {
        if (tokens.Validate(token) is not { } subject
            || store.Get(Account(subject.Namespace, subject.ServiceAccount))?.Uid != subject.Uid)
        {
            return null;
        }

        return subject.Pod is null
            || store.Get(new ObjectKey("", "pods", subject.Namespace, subject.Pod))?.Uid == subject.PodUid
                ? subject
                : null;
    }

    private static ObjectKey Account(string ns, string name) => new("", "serviceaccounts", ns, name);
}
