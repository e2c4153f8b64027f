using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Calls;

/// <summary>An option of a call.</summary>
/// <param name="Specification">What the data says of it; null for one that the data does not know.</param>
/// <param name="Name">As written: <c>-n</c>, <c>--namespace</c>.</param>
/// <param name="Value">Null when it has none.</param>
/// <param name="Index">Its place among the words of the call.</param>
/// <param name="Depth">How many verbs stood before it.</param>
internal sealed record GivenOption(
    OptionSpecification? Specification, string Name, CallWord? Value, int Index, int Depth)
{
    /// <summary>
    /// It stands behind an unknown letter in one word: it may be an option, or a part of that letter's value.
    /// </summary>
    public bool IsSuspect { get; init; }
}
