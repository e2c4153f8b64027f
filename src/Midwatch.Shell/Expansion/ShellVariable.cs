using System.Collections.Immutable;

namespace Midwatch.Shell.Expansion;

/// <summary>A variable of a shell.</summary>
internal sealed record ShellVariable
{
    /// <summary>Gets the value of a plain variable; null when it is declared only, or an array.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the elements of an indexed array; null for a plain variable.</summary>
    public ImmutableSortedDictionary<long, string>? Elements { get; init; }

    public bool Exported { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Gets whether assignments are evaluated as arithmetic (<c>declare -i</c>).</summary>
    public bool Integer { get; init; }

    /// <summary>
    /// Gets whether the value came from outside the script (an alert label, a placeholder, a person): then it stays one
    /// word even without quotes, and may not become an option.
    /// </summary>
    public bool Foreign { get; init; }

    public bool IsArray => Elements is not null;

    /// <summary>Gets what <c>$x</c> gives: for an array its element 0; null when there is no value.</summary>
    public string? Scalar => Elements is null ? Text : Elements.GetValueOrDefault(0);
}
