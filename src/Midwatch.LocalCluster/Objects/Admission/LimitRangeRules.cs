using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Faults of LimitRanges: minimum, default request, default and maximum must be in this order.</summary>
internal static class LimitRangeRules
{
    public static IEnumerable<FieldError> Check(JsonObject body)
    {
        var limits = (body["spec"]?["limits"] as JsonArray ?? []).OfType<JsonObject>();
        return limits.SelectMany((limit, at) =>
            OfItem(limit, $"spec.limits[{at.ToString(CultureInfo.InvariantCulture)}]"));
    }

    private static IEnumerable<FieldError> OfItem(JsonObject limit, string path)
    {
        var names = ((string[])["min", "max", "defaultRequest", "default"])
            .SelectMany(part => (limit[part] as JsonObject ?? []).Select(one => one.Key))
            .Distinct().Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (IsOver(limit, "min", "max", name))
            {
                yield return Fault(limit, path, "min", name, "min", "max");
            }

            foreach (var part in (string[])["defaultRequest", "default"])
            {
                if (IsOver(limit, "min", part, name))
                {
                    yield return Fault(limit, path, part, name, "min", part);
                }

                if (IsOver(limit, part, "max", name))
                {
                    yield return Fault(limit, path, part, name, part, "max");
                }
            }

            if (IsOver(limit, "defaultRequest", "default", name))
            {
                yield return Fault(limit, path, "defaultRequest", name, "defaultRequest", "default");
            }
        }
    }

    private static bool IsOver(JsonObject limit, string less, string more, string name) =>
        Amount(limit, less, name) is { } one && Amount(limit, more, name) is { } other && one > other;

    private static System.Numerics.BigInteger? Amount(JsonObject limit, string part, string name) =>
        limit[part]?[name] is { } value ? Quantity.ParseNano(value.ToString()) : null;

    private static FieldError Fault(
        JsonObject limit, string path, string at, string name, string less, string more) => FieldError.Invalid(
            $"{path}.{at}[{name}]",
            limit[at == "default" && less == "min" ? less : at]![name]!.ToString(),
            $"{Words(less)} value {limit[less]![name]} is greater than {Words(more)} value {limit[more]![name]}");

    private static string Words(string part) => part == "defaultRequest" ? "default request" : part;
}
