using System.Text;

namespace Midwatch.Shell.Expansion;

/// <summary>
/// The order in which bash 5 lists an associative array: by the buckets of its hash table (FNV-1 over signed bytes,
/// 1024
/// buckets). Scripts must not rely on it, but what they print depends on it.
/// </summary>
internal sealed class BucketOrder : IComparer<string>
{
    private const uint Buckets = 1024;
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    public static BucketOrder Comparer { get; } = new();

    public int Compare(string? x, string? y)
    {
        var buckets = Bucket(x ?? string.Empty).CompareTo(Bucket(y ?? string.Empty));
        return buckets != 0 ? buckets : string.CompareOrdinal(x, y);
    }

    private static uint Bucket(string key)
    {
        var hash = Offset;
        foreach (var value in Encoding.UTF8.GetBytes(key))
        {
            unchecked
            {
                hash = (hash * Prime) ^ (uint)(sbyte)value;
            }
        }

        return hash & (Buckets - 1);
    }
}
