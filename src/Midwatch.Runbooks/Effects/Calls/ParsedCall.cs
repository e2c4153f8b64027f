using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Calls;

/// <summary>A call taken apart by the data of its tool.</summary>
internal sealed record ParsedCall
{
    /// <summary>The verb that was reached; the tool itself when it has no verbs or none was given.</summary>
    public required VerbSpecification Verb { get; init; }

    /// <summary>The verbs on the way, such as <c>rollout undo</c>; empty for none.</summary>
    public required ImmutableArray<string> Path { get; init; }

    /// <summary>Options in order.</summary>
    public required ImmutableArray<GivenOption> Options { get; init; }

    /// <summary>
    /// Words that are neither options, their values, nor verbs; in order, those behind <c>--</c> not among them.
    /// </summary>
    public required ImmutableArray<CallWord> Operands { get; init; }

    /// <summary>For each operand its place among the words of the call.</summary>
    public required ImmutableArray<int> OperandPlaces { get; init; }

    /// <summary>
    /// Words behind <c>--</c> where they are a command of their own; null when there was none. Elsewhere they are
    /// operands.
    /// </summary>
    public required ImmutableArray<CallWord>? Behind { get; init; }

    /// <summary>A word that should have been a verb and is none that the data knows; null for none.</summary>
    public CallWord? StrangeVerb { get; init; }

    /// <summary>The last value of an option, by any of its names; null when it is absent or has no value.</summary>
    public CallWord? ValueOf(params ReadOnlySpan<string> names)
    {
        for (var i = Options.Length - 1; i >= 0; i--)
        {
            if (names.Contains(Options[i].Name))
            {
                return Options[i].Value;
            }
        }

        return null;
    }

    /// <summary>Whether an option was given, by any of its names; <c>--name=false</c> counts as not given.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var option in Options)
        {
            if (names.Contains(option.Name) && !IsOff(option))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a word may be the value of an unknown option before it, so that it is not what it seems.
    /// </summary>
    public bool MayBeValue(int place) => Options.Any(option => option.Index == place - 1 && IsLoose(option));

    /// <summary>Whether no unknown option stands before a place: what stands there is then what it seems.</summary>
    public bool IsSure(int place) => !Options.Any(option => option.Index < place && IsLoose(option));

    private static bool IsLoose(GivenOption option) =>
        option is { Specification: null, Value: null, IsSuspect: false };

    private static bool IsOff(GivenOption option) =>
        option.Specification is null or { Takes: OptionValue.None or OptionValue.Glued }
        && option.Value is { Known: true } value
        && string.Equals(value.Text, "false", StringComparison.OrdinalIgnoreCase);
}
