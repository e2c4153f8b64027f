using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Faults of priority classes: the highest numbers and the prefix "system-" are the cluster's own.</summary>
internal static class PriorityClassRules
{
    private const long ValueMax = 1_000_000_000;

    private static readonly string[] OfSystem = ["system-cluster-critical", "system-node-critical"];

    public static IEnumerable<FieldError> Check(JsonObject body)
    {
        var name = ObjectMetadata.Text(body, "name") ?? "";
        if (OfSystem.Contains(name))
        {
            yield break;
        }

        if (name.StartsWith("system-", StringComparison.Ordinal))
        {
            yield return FieldError.Forbidden(
                "metadata.name",
                "priority class names with 'system-' prefix are reserved for system use only. "
                    + $"error: {name} is not a known system priority class");
        }

        if (body["value"] is JsonValue value && value.TryGetValue<long>(out var number) && number > ValueMax)
        {
            yield return FieldError.Forbidden(
                "value", $"maximum allowed value of a user defined priority is {ValueMax}");
        }
    }
}
