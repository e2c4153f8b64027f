using System.Collections.Immutable;

namespace Midwatch.Shell.Expansion;

/// <summary>Changes indexed arrays.</summary>
internal static class ShellArrays
{
    public static ImmutableSortedDictionary<long, string> Empty { get; } =
        ImmutableSortedDictionary<long, string>.Empty;

    /// <summary>
    /// The variable with one element set; a plain variable becomes an array whose element 0 is its value.
    /// </summary>
    public static ShellVariable With(ShellVariable variable, long index, string value)
    {
        var elements = Of(variable);
        var key = index < 0 && !elements.IsEmpty ? elements.Keys.Last() + 1 + index : index;
        return variable with { Text = null, Elements = elements.SetItem(key, value) };
    }

    public static ImmutableSortedDictionary<long, string> Of(ShellVariable? variable) =>
        variable?.Elements ?? (variable?.Text is { } text ? Empty.Add(0, text) : Empty);
}
