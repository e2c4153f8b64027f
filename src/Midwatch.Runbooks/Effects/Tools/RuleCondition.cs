using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>One condition of an effect rule. A closed union.</summary>
internal abstract record RuleCondition
{
    private RuleCondition()
    {
    }

    /// <summary>Whether it holds for a call. What is not known yet never fulfils a condition.</summary>
    /// <param name="kind">The kind of the call's target; null when it has none.</param>
    public abstract bool Holds(ParsedCall call, string? kind);

    /// <summary>
    /// One of the options was given, with a known value that is one of <paramref name="Values"/> when there are any.
    /// </summary>
    public sealed record Option(ImmutableArray<string> Names, ImmutableArray<string> Values, Regex? Pattern)
        : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind) => Values.IsEmpty && Pattern is null
            ? call.Has(Names)
            : call.Options.LastOrDefault(option => Names.Contains(option.Name)) is { } given && Matches(given.Value);

        private bool Matches(CallWord? value)
        {
            if (value is null)
            {
                return Values.Contains("", StringComparer.Ordinal);
            }

            return value is { Known: true } known
                && (Values.Contains(known.Text, StringComparer.Ordinal) || Pattern?.IsMatch(known.Text) == true);
        }
    }

    /// <summary>None of the options was given.</summary>
    public sealed record Without(ImmutableArray<string> Names) : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind) => !call.Has(Names);
    }

    /// <summary>The target is of one of the kinds.</summary>
    public sealed record Kind(ImmutableArray<string> Kinds) : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind) =>
            kind?.Split(',').Any(each => Kinds.Contains(each, StringComparer.Ordinal)) == true;
    }

    /// <summary>An operand matches; the one at <paramref name="Index"/> when it is not null.</summary>
    public sealed record Operand(Regex Pattern, int? Index) : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind) => Index is { } index
            ? index < call.Operands.Length && Fits(call.Operands[index])
            : call.Operands.Any(Fits);

        private bool Fits(CallWord word) => Pattern.IsMatch(word.Text);
    }

    /// <summary>There are at least and at most so many operands.</summary>
    public sealed record Operands(int Least, int Most) : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind) =>
            call.Operands.Length >= Least && call.Operands.Length <= Most;
    }
}
