using System.Collections.Immutable;

namespace Midwatch.Incidents;

/// <summary>What <see cref="ImmutableArray{T}"/> lacks and the folds need.</summary>
internal static class ImmutableArraySearch
{
    /// <summary>The index of the first item that fits, or -1.</summary>
    public static int FindIndex<T>(this ImmutableArray<T> items, Func<T, bool> fits)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (fits(items[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
