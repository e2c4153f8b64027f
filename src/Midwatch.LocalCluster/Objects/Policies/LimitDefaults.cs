using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Objects.Policies;

/// <summary>What limit ranges fill in: into themselves, and into pods that say less.</summary>
internal static class LimitDefaults
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    /// <summary>
    /// Completes a LimitRange: the maximum is the default limit, that is the default request, and so is the minimum.
    /// </summary>
    public static void Complete(JsonObject range)
    {
        foreach (var item in range.Items("spec", "limits").Where(item => item.Text("type") == "Container"))
        {
            Fill(item, "max", "default");
            Fill(item, "default", "defaultRequest");
            Fill(item, "min", "defaultRequest");
        }
    }

    /// <summary>Gives a pod's containers the defaults of the namespace's limit ranges; says so on the pod.</summary>
    public static void Apply(IEnumerable<JsonObject> ranges, JsonObject pod)
    {
        var notes = new List<string>();
        foreach (var item in ranges.SelectMany(range => range.Items("spec", "limits"))
            .Where(item => item.Text("type") == "Container"))
        {
            foreach (var (container, what) in pod.Items("spec", "containers").Select(one => (one, "container"))
                .Concat(pod.Items("spec", "initContainers").Select(one => (one, "init container"))))
            {
                Note(notes, container, what, "request", Merge(container, "requests", item, "defaultRequest"));
                Note(notes, container, what, "limit", Merge(container, "limits", item, "default"));
            }
        }

        if (notes.Count > 0)
        {
            pod.Need("metadata", "annotations")[Annotation] = "LimitRanger plugin set: " + string.Join("; ", notes);
        }
    }

    private static void Fill(JsonObject item, string from, string to)
    {
        foreach (var (name, amount) in item.Map(from).ToList())
        {
            _ = item.Need(to).TryAdd(name, amount);
        }
    }

    private static List<string> Merge(JsonObject container, string field, JsonObject item, string defaults)
    {
        var added = item.Map(defaults).Where(pair => container.At("resources", field, pair.Key) is null).ToList();
        foreach (var (name, amount) in added)
        {
            container.Need("resources", field)[name] = amount;
        }

        return [.. added.Select(pair => pair.Key).Order(StringComparer.Ordinal)];
    }

    private static void Note(List<string> notes, JsonObject container, string what, string field, List<string> added)
    {
        if (added.Count > 0)
        {
            notes.Add($"{string.Join(", ", added)} {field} for {what} {container.Text("name")}");
        }
    }
}
