using System.Globalization;
using System.Text.Json;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>Nodes, volume claims and quotas: the places that pods need.</summary>
internal sealed class PlaceObserver(ClusterPicture picture, Notebook notebook)
{
    public void Observe()
    {
        foreach (var node in picture["nodes"])
        {
            ObserveNode(new Subject("node", null, node.Name()), node);
        }

        foreach (var claim in picture["persistentvolumeclaims"])
        {
            var subject = new Subject("persistentvolumeclaim", claim.Namespace(), claim.Name());
            notebook.Note(
                new Note("claim-phase", subject, claim.Text("status", "phase") ?? "Pending", $"GET {subject}"));
        }

        foreach (var quota in picture["resourcequotas"])
        {
            var subject = new Subject("resourcequota", quota.Namespace(), quota.Name());
            var full = quota.Map("status", "hard")
                .Where(hard => Amount(quota.Map("status", "used").GetValueOrDefault(hard.Key)) >= Amount(hard.Value))
                .Select(hard => hard.Key).ToArray();
            notebook.Note(new Note("quota", subject, full.Length > 0 ? "exhausted" : "free", $"GET {subject}")
            {
                Detail = string.Join(", ", full),
            });
        }
    }

    private void ObserveNode(Subject subject, JsonElement node)
    {
        Note Of(string type, string value,
            JsonElement condition = default) => new(type, subject, value, "GET /api/v1/nodes")
        {
            Detail = condition.Text("message") ?? "",
            Since = condition.Time("lastTransitionTime"),
        };

        var ready = node.Condition("Ready");
        notebook.Note(Of("node-ready", (ready.Text("status") ?? "Unknown").Lower(), ready));
        notebook.Note(Of("node-schedulable", node.IsTrue("spec", "unschedulable") ? "false" : "true"));
        foreach (var (type, value) in new[] { ("MemoryPressure", "memory"), ("DiskPressure", "disk"),
            ("PIDPressure", "pid") })
        {
            if (node.Condition(type) is var condition && condition.Text("status") == "True")
            {
                notebook.Note(Of("node-pressure", value, condition));
            }
        }
    }

    // Quantities: 500m, 2, 1Gi, 5k.
    private static decimal Amount(string? quantity)
    {
        var text = quantity ?? "";
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c is '.').Count();
        if (!decimal.TryParse(text.AsSpan(0, digits), CultureInfo.InvariantCulture, out var number))
        {
            return 0;
        }

        return number * text[digits..] switch
        {
            "m" => 0.001m,
            "k" => 1_000m,
            "M" => 1_000_000m,
            "G" => 1_000_000_000m,
            "Ki" => 1024m,
            "Mi" => 1024m * 1024,
            "Gi" => 1024m * 1024 * 1024,
            "Ti" => 1024m * 1024 * 1024 * 1024,
            _ => 1m,
        };
    }
}
