using System.Collections.Frozen;
using System.Collections.Immutable;
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
    /// <param name="mildens">
    /// The rule makes the call milder: then a word that may be the value of an unknown option before it does not count.
    /// </param>
    public abstract bool Holds(ParsedCall call, string? kind, bool mildens);

    /// <summary>
    /// One of the options was given, with a known value that is one of <paramref name="Values"/> when there are any.
    /// </summary>
    public sealed record Option(ImmutableArray<string> Names, ImmutableArray<string> Values, WordPattern? Pattern)
        : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind, bool mildens) =>
            Given(call) is { } given
            && !(mildens && (given.IsSuspect || call.MayBeValue(given.Index)))
            && (Values.IsEmpty && Pattern is null ? call.Has(given.Name) : Matches(given.Value));

        private GivenOption? Given(ParsedCall call)
        {
            for (var i = call.Options.Length - 1; i >= 0; i--)
            {
                if (Names.Contains(call.Options[i].Name))
                {
                    return call.Options[i];
                }
            }

            return null;
        }

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
        public override bool Holds(ParsedCall call, string? kind, bool mildens) => !call.Has(Names.AsSpan());
    }

    /// <summary>The target is of one of the kinds.</summary>
    public sealed record Kind(ImmutableArray<string> Kinds) : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind, bool mildens) =>
            kind?.Split(',').Any(each => Kinds.Contains(each, StringComparer.Ordinal)) == true;
    }

    /// <summary>An operand matches; the one at <paramref name="Index"/> when it is not null.</summary>
    public sealed record Operand(WordPattern Pattern, int? Index) : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind, bool mildens) => Index is { } index
            ? Fits(call, index, mildens)
            : Enumerable.Range(0, call.Operands.Length).Any(each => Fits(call, each, mildens));

        private bool Fits(ParsedCall call, int index, bool mildens) =>
            index < call.Operands.Length
            && (!mildens || (call.Operands[index].Known && call.IsSure(call.OperandPlaces[index])))
            && Pattern.IsMatch(call.Operands[index].Text);
    }

    /// <summary>There are at least and at most so many operands.</summary>
    public sealed record Operands(int Least, int Most) : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind, bool mildens) =>
            call.Operands.Length >= Least && call.Operands.Length <= Most
            && !(mildens && call.Operands.Any(word => word.MaySplit));
    }

    /// <summary>
    /// The first operand that is no group of the tool's commands matches: <c>gcloud compute instances list</c>. Where
    /// every word is one (<c>*</c>), it is the last word before any option: <c>az network vnet peering list</c>.
    /// </summary>
    public sealed record Verb(WordPattern Pattern, FrozenSet<string> Groups) : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind, bool mildens)
        {
            var at = Groups.Contains("*") ? Leading(call) - 1 : FirstOther(call);
            return at >= 0 && at < call.Operands.Length
                && (!mildens || (call.Operands.Take(at + 1).All(word => word is { Known: true, MaySplit: false })
                    && call.IsSure(call.OperandPlaces[at])))
                && Pattern.IsMatch(call.Operands[at].Text);
        }

        private int FirstOther(ParsedCall call)
        {
            var at = 0;
            while (at < call.Operands.Length && Groups.Contains(call.Operands[at].Text))
            {
                at++;
            }

            return at;
        }

        /// <summary>How many operands stand before the first option.</summary>
        private static int Leading(ParsedCall call)
        {
            var count = 0;
            while (count < call.OperandPlaces.Length && call.OperandPlaces[count] == count)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>The operands up to the first that is not known, with a space between, match.</summary>
    public sealed record Words(WordPattern Pattern) : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind, bool mildens) =>
            Pattern.IsMatch(string.Join(' ', call.Operands
                .Where((word, index) => !mildens || call.IsSure(call.OperandPlaces[index]))
                .TakeWhile(word => word.Known)
                .Select(word => word.Text)));
    }

    /// <summary>No operand but those that match.</summary>
    public sealed record Only(WordPattern Pattern) : RuleCondition
    {
        /// <inheritdoc/>
        public override bool Holds(ParsedCall call, string? kind, bool mildens) =>
            call.Operands.All(word => word.Known && Pattern.IsMatch(word.Text));
    }
}
