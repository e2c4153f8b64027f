using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Midwatch.Execution.Redaction;

/// <summary>
/// Finds known values in texts without keeping the values: a rolling hash finds, a keyed SHA-256 confirms.
/// </summary>
internal sealed class KnownSecrets
{
    /// <summary>Shorter values are not looked for: they would be found in every other word.</summary>
    private const int LengthMin = 4;

    private const ulong Base = 0x100000001B3;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<(int Length, ulong Rolling), (string Name, string Confirm)> _values = new();
    private ImmutableArray<int> _lengths = [];

    public void Add(string name, string value)
    {
        if (value.Length < LengthMin)
        {
            return;
        }

        _values.TryAdd((value.Length, Rolling(value)), (name, Confirm(value)));
        lock (_gate)
        {
            // The longest first: a value that contains another one is replaced as a whole.
            _lengths = [.. _lengths.Append(value.Length).Distinct().OrderDescending()];
        }
    }

    public string Replace(string text)
    {
        var hits = Find(text);
        if (hits.Count == 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var done = 0;
        foreach (var (start, (length, name)) in hits)
        {
            result.Append(text, done, start - done).Append(Redactor.Mark(name));
            done = start + length;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    private SortedDictionary<int, (int Length, string Name)> Find(string text)
    {
        var hits = new SortedDictionary<int, (int Length, string Name)>();
        var taken = new bool[text.Length];
        foreach (var length in _lengths.Where(length => length <= text.Length))
        {
            Find(text, length, taken, hits);
        }

        return hits;
    }

    private void Find(string text, int length, bool[] taken, SortedDictionary<int, (int Length, string Name)> hits)
    {
        unchecked
        {
            var leading = 1UL;
            for (var index = 1; index < length; index++)
            {
                leading *= Base;
            }

            var hash = Rolling(text.AsSpan(0, length));
            for (var start = 0; ; start++)
            {
                var candidate = text.AsSpan(start, length);
                if (_values.TryGetValue((length, hash), out var known) && Confirm(candidate) == known.Confirm
                    && !taken.AsSpan(start, length).Contains(true))
                {
                    hits[start] = (length, known.Name);
                    taken.AsSpan(start, length).Fill(true);
                }

                if (start + length == text.Length)
                {
                    return;
                }

                hash = ((hash - (text[start] * leading)) * Base) + text[start + length];
            }
        }
    }

    private static ulong Rolling(ReadOnlySpan<char> text)
    {
        unchecked
        {
            var hash = 0UL;
            foreach (var character in text)
            {
                hash = (hash * Base) + character;
            }

            return hash;
        }
    }

    private string Confirm(ReadOnlySpan<char> text) =>
        Convert.ToHexString(HMACSHA256.HashData(_key, MemoryMarshal.AsBytes(text)));
}
