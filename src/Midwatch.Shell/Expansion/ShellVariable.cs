using System.Collections.Immutable;

namespace Midwatch.Shell.Expansion;

/// <summary>A variable of a shell.</summary>
internal sealed record ShellVariable
{
    /// <summary>Gets the value of a plain variable; null when it is declared only, or an array.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the elements of an indexed array; null for others.</summary>
    public ImmutableSortedDictionary<long, string>? Elements { get; init; }

    /// <summary>Gets the elements of an associative array; null for others.</summary>
    public ImmutableSortedDictionary<string, string>? Keyed { get; init; }

    public bool Exported { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Gets whether assignments are evaluated as arithmetic (<c>declare -i</c>).</summary>
    public bool Integer { get; init; }

    /// <summary>Gets <c>l</c> or <c>u</c> when assignments change the case of letters; null for others.</summary>
    public char? Letters { get; init; }

    /// <summary>Gets the variable that this one stands for (<c>declare -n</c>); null for others.</summary>
    public string? Reference { get; init; }

    /// <summary>
    /// Gets whether the value came from outside the script (an alert label, a placeholder, a person): then it stays one
    /// word even without quotes, and may not become an option.
    /// </summary>
    public bool Foreign { get; init; }

    public bool IsArray => Elements is not null || Keyed is not null;

    /// <summary>Gets what <c>$x</c> gives: for an array its element 0; null when there is no value.</summary>
    public string? Scalar => Elements is not null ? Elements.GetValueOrDefault(0)
        : Keyed is not null ? Keyed.GetValueOrDefault("0")
        : Text;

    /// <summary>Gets the values in the order of their keys.</summary>
    public ImmutableArray<string> Values => Elements is not null ? [.. Elements.Values]
        : Keyed is not null ? [.. Keyed.Values]
        : Text is not null ? [Text]
        : [];

    /// <summary>Gives it a value as a whole, or an array its element 0.</summary>
    public ShellVariable WithScalar(string value) => Elements is not null
        ? this with { Elements = Elements.SetItem(0, Cased(value)) }
        : Keyed is not null ? this with { Keyed = Keyed.SetItem("0", Cased(value)) }
        : this with { Text = Cased(value) };

    /// <summary>A value as <c>declare -l</c> or <c>-u</c> wants it.</summary>
    public string Cased(string value) => Letters switch
    {
        'l' => string.Concat(value.Select(char.ToLowerInvariant)),
        'u' => value.ToUpperInvariant(),
        'c' => value.Length == 0 ? value
            : char.ToUpperInvariant(value[0]) + string.Concat(value.Skip(1).Select(char.ToLowerInvariant)),
        _ => value,
    };
}
