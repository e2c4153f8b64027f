using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace PyAirtable.Gateway;

/// <summary>
/// Tokens that the auth service found good, for a while: sessions go on while it is away, and it is asked less often.
/// </summary>
/// <remarks>Safe to use from many threads. A token that was revoked is accepted until its entry ends.</remarks>
internal sealed class TokenCache(TimeSpan life, TimeProvider time)
{
    private const int EntriesMost = 10_000;
    private readonly ConcurrentDictionary<string, (string User, DateTimeOffset Until)> _known =
        new(StringComparer.Ordinal);

    /// <summary>Whose token it is; null when that is not known, or no longer.</summary>
    public string? Find(string token)
    {
        var key = Key(token);
        if (!_known.TryGetValue(key, out var entry))
        {
            return null;
        }

        if (entry.Until > time.GetUtcNow())
        {
            return entry.User;
        }

        _ = _known.TryRemove(key, out _);
        return null;
    }

    /// <summary>Keeps whose token it is, at most until the token itself ends.</summary>
    public void Keep(string token, string user, DateTimeOffset ends)
    {
        var now = time.GetUtcNow();
        if (_known.Count >= EntriesMost)
        {
            foreach (var (key, _) in _known.Where(pair => pair.Value.Until <= now))
            {
                _ = _known.TryRemove(key, out _);
            }
        }

        if (_known.Count < EntriesMost)
        {
            var until = now + life;
            _known[Key(token)] = (user, until < ends ? until : ends);
        }
    }

    /// <summary>Forgets a token: its user logged out here.</summary>
    public void Forget(string token) => _known.TryRemove(Key(token), out _);

    // A dump of this process must not give away tokens.
    private static string Key(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
