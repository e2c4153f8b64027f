namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>Says in words when a rule of the effect data holds.</summary>
internal static class ConditionWords
{
    /// <summary>The condition as a phrase, for reference pages.</summary>
    public static string Of(RuleCondition condition) => condition switch
    {
        RuleCondition.Option { Values: { IsEmpty: false } values } option =>
            $"{Names(option.Names)} is {string.Join(" or ", values.Select(Value))}",
        RuleCondition.Option { Pattern: { } pattern } option =>
            $"{Names(option.Names)} matches `{Table(pattern.Text)}`",
        RuleCondition.Option option => $"with {Names(option.Names)}",
        RuleCondition.Without without => $"without {Names(without.Names)}",
        RuleCondition.Kind kind => $"the object is a {string.Join(" or ", kind.Kinds)}",
        RuleCondition.Operand { Index: { } index } operand =>
            FormattableString.Invariant($"operand {index + 1} matches `{Table(operand.Pattern.Text)}`"),
        RuleCondition.Operand operand => $"an operand matches `{Table(operand.Pattern.Text)}`",
        RuleCondition.Verb verb => $"its verb matches `{Table(verb.Pattern.Text)}`",
        RuleCondition.Words words => $"its words match `{Table(words.Pattern.Text)}`",
        RuleCondition.Only only => $"all operands match `{Table(only.Pattern.Text)}`",
        RuleCondition.Operands { Most: int.MaxValue } operands =>
            FormattableString.Invariant($"with {operands.Least} or more operands"),
        RuleCondition.Operands { Most: 0 } => "without operands",
        RuleCondition.Operands operands => FormattableString.Invariant($"with at most {operands.Most} operands"),
        _ => throw new InvalidOperationException($"There are no words for {condition.GetType().Name}."),
    };

    private static string Names(IEnumerable<string> names) => string.Join(" or ", names.Select(name => $"`{name}`"));

    private static string Value(string text) => text.Length == 0 ? "given alone" : $"`{text}`";

    private static string Table(string pattern) => pattern.Replace("`", "'", StringComparison.Ordinal);
}
