using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Selection;

/// <summary>One requirement on one label.</summary>
/// <param name="Values">One value for the comparing operators, none for the existing ones.</param>
/// <param name="IsSingle">Written as "a=b" rather than "a in (b)".</param>
internal sealed record LabelRequirement(
    string Key, LabelOperator Operator, ImmutableArray<string> Values, bool IsSingle = true)
{
    public bool Matches(JsonObject? labels)
    {
        var value = labels?[Key]?.GetValue<string>();
        return Operator switch
        {
            LabelOperator.In => value is not null && Values.Contains(value),
            LabelOperator.NotIn => value is null || !Values.Contains(value),
            LabelOperator.Exists => value is not null,
            LabelOperator.DoesNotExist => value is null,
            LabelOperator.GreaterThan => Number(value) is { } left && Number(Values[0]) is { } right && left > right,
            _ => Number(value) is { } left && Number(Values[0]) is { } right && left < right,
        };
    }

    public override string ToString() => Operator switch
    {
        LabelOperator.In when Values.Length == 1 && IsSingle => $"{Key}={Values[0]}",
        LabelOperator.In => $"{Key} in ({Joined})",
        LabelOperator.NotIn when Values.Length == 1 && IsSingle => $"{Key}!={Values[0]}",
        LabelOperator.NotIn => $"{Key} notin ({Joined})",
        LabelOperator.Exists => Key,
        LabelOperator.DoesNotExist => $"!{Key}",
        LabelOperator.GreaterThan => $"{Key}>{Values[0]}",
        _ => $"{Key}<{Values[0]}",
    };

    private string Joined => string.Join(",", Values.Order(StringComparer.Ordinal));

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : null;
}
