using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Objects.Policies;

/// <summary>What a pod asks for and may use, per resource.</summary>
internal static class PodAmounts
{
    /// <param name="field">"requests" or "limits".</param>
    /// <returns>
    /// The larger of what its containers have together and what any single init container has.
    /// </returns>
    public static SortedDictionary<string, Amount> Of(JsonObject pod, string field)
    {
        var total = new SortedDictionary<string, Amount>(StringComparer.Ordinal);
        foreach (var (name, amount) in pod.Items("spec", "containers").SelectMany(one => Each(one, field)))
        {
            total[name] = total.TryGetValue(name, out var present) ? present + amount : amount;
        }

        foreach (var (name, amount) in pod.Items("spec", "initContainers").SelectMany(one => Each(one, field)))
        {
            if (!total.TryGetValue(name, out var present) || present.Nano < amount.Nano)
            {
                total[name] = amount;
            }
        }

        return total;
    }

    private static IEnumerable<(string Name, Amount Amount)> Each(JsonObject container, string field) =>
        container.Map("resources", field).Select(pair => (pair.Key, Amount.Parse(pair.Value) ?? Amount.Zero));
}
