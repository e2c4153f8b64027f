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

    /// <summary>Words behind <c>--</c>; null when there was none.</summary>
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
    public bool Has(params IEnumerable<string> names)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        return Options.Any(option => wanted.Contains(option.Name) && !IsOff(option));
    }

    private static bool IsOff(GivenOption option) =>
        option.Specification is { Takes: OptionValue.None }
        && option.Value is { Known: true } value
        && string.Equals(value.Text, "false", StringComparison.OrdinalIgnoreCase);
}
