using System.Collections.Immutable;

namespace Midwatch.Shell.Expansion;

/// <summary>Changes arrays.</summary>
internal static class ShellArrays
{
    public static ImmutableSortedDictionary<long, string> Empty { get; } =
        ImmutableSortedDictionary<long, string>.Empty;

    public static ImmutableSortedDictionary<string, string> NoKeys { get; } =
        ImmutableSortedDictionary.Create<string, string>(BucketOrder.Comparer);

    /// <summary>
    /// The variable with one element set; a plain variable becomes an array whose element 0 is its value.
    /// </summary>
    public static ShellVariable With(ShellVariable variable, long index, string value)
    {
        var elements = Of(variable);
        return variable with { Text = null, Elements = elements.SetItem(index, variable.Cased(value)) };
    }

    public static ImmutableSortedDictionary<long, string> Of(ShellVariable? variable) =>
        variable?.Elements ?? (variable?.Text is { } text ? Empty.Add(0, text) : Empty);

    public static ImmutableSortedDictionary<long, string> Of(IEnumerable<string> values) => values
        .Select((value, i) => KeyValuePair.Create((long)i, value)).ToImmutableSortedDictionary();

    /// <summary>What a negative index means: counted from the end; null before the first element.</summary>
    public static long? Counted(ShellVariable? variable, long index)
    {
        var elements = Of(variable);
        var counted = index < 0 && !elements.IsEmpty ? elements.Keys.Last() + 1 + index : index;
        return counted < 0 ? null : counted;
    }
}
