using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>
/// Finds values by a JSONPath as definitions of columns use it: .a.b[0]['c'][?(@.type=="Ready")].status
/// </summary>
internal static partial class JsonPathQuery
{
    public static ImmutableArray<JsonNode?> Find(JsonNode? body, string path)
    {
        ImmutableArray<JsonNode?> at = [body];
        foreach (Match step in Step().Matches(path))
        {
            at = [.. at.SelectMany(one => Next(one, step))];
        }

        return at;
    }

    private static IEnumerable<JsonNode?> Next(JsonNode? node, Match step)
    {
        if (step.Groups["name"] is { Success: true } name)
        {
            return Field(node, name.Value.Replace("\\", "", StringComparison.Ordinal));
        }

        if (step.Groups["key"] is { Success: true } key)
        {
            return Field(node, key.Value);
        }

        if (step.Groups["at"] is { Success: true } at)
        {
            var index = int.Parse(at.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            return node is not JsonArray list ? []
                : (index < 0 ? list.Count + index : index) is var place && place >= 0 && place < list.Count
                    ? [list[place]] : [];
        }

        if (step.Groups["field"] is { Success: true } field)
        {
            return (node as JsonArray ?? []).Where(item => Holds(item, field.Value, step));
        }

        return node switch
        {
            JsonArray all => all,
            JsonObject map => map.Select(pair => pair.Value),
            _ => [],
        };
    }

    private static bool Holds(JsonNode? item, string path, Match step)
    {
        var wanted = step.Groups["value"].Value.Trim('"', '\'');
        var isThere = Find(item, path) is [{ } found, ..] && FieldPath.Text(found) == wanted;
        return step.Groups["sign"].Value == "!=" ? !isThere : isThere;
    }

    private static IEnumerable<JsonNode?> Field(JsonNode? node, string name) =>
        node is JsonObject map && map.TryGetPropertyValue(name, out var value) ? [value] : [];

    [GeneratedRegex(
        @"\.(?<name>(?:[^.\[\]\\*]|\\.)+)|\[['""](?<key>[^'""]*)['""]\]|\[(?<at>-?[0-9]+)\]"
        + @"|\[\?\(\s*@(?<field>[^=!)\s]+)\s*(?<sign>==|!=)\s*(?<value>""[^""]*""|'[^']*'|[^)\s]+)\s*\)\]|\.?\*|\[\*\]",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
