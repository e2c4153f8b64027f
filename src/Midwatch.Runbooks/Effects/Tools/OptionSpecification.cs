using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>What an option does with the word behind it.</summary>
internal enum OptionValue
{
    /// <summary>It takes none; one glued to it with <c>=</c> is read all the same.</summary>
    None,

    /// <summary>It takes the next word, or what is glued to it.</summary>
    Word,

    /// <summary>It takes the next two words (<c>jq --arg name value</c>).</summary>
    Two,

    /// <summary>It takes only what is glued to it (<c>sed -i.bak</c>).</summary>
    Glued,
}

/// <summary>What the data says of an option.</summary>
/// <param name="Takes">What it does with the word behind it.</param>
/// <param name="Raises">What its presence alone does; null for nothing.</param>
/// <param name="Payload">The reader of its value (<c>sql</c>, <c>shell</c>, …); null when the value is only a
/// value.</param>
/// <param name="Role">What it is for a payload reader (<c>method</c>, <c>body</c>, …); null for none.</param>
internal sealed record OptionSpecification(OptionValue Takes, Raise? Raises, string? Payload, string? Role)
{
    /// <summary>An option without a value that changes nothing.</summary>
    public static OptionSpecification Flag { get; } = new(OptionValue.None, null, null, null);

    /// <summary>An option with a value that changes nothing.</summary>
    public static OptionSpecification Value { get; } = new(OptionValue.Word, null, null, null);

    /// <summary>An option whose value is glued to it.</summary>
    public static OptionSpecification Glued { get; } = new(OptionValue.Glued, null, null, null);
}

/// <summary>An effect that some words of a call bring, with its reason.</summary>
/// <param name="Action">The shape of the action; null to leave the verb's.</param>
internal sealed record Raise(Effect Effect, Marks Marks, string? Action, string Why);

/// <summary>A rule of a verb: when all conditions hold, its outcome replaces the verb's.</summary>
/// <param name="Conditions">All must hold.</param>
/// <param name="Effect">The verb's effect then; null when the rule only adds marks or an action.</param>
/// <param name="Marks">Added.</param>
/// <param name="Action">Replaces the verb's; null to leave it.</param>
/// <param name="Why">The reason to show; null when the verb's will do.</param>
internal sealed record EffectRule(
    ImmutableArray<RuleCondition> Conditions, Effect? Effect, Marks Marks, string? Action, string? Why)
{
    /// <summary>Whether all conditions hold for a call.</summary>
    /// <inheritdoc cref="RuleCondition.Holds"/>
    public bool Holds(ParsedCall call, string? kind, bool mildens)
    {
        foreach (var condition in Conditions)
        {
            if (!condition.Holds(call, kind, mildens))
            {
                return false;
            }
        }

        return true;
    }
}
