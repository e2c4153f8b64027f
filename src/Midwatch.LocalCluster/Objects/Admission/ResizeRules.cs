using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>What the subresource resize takes from a client, and what may not be changed by it.</summary>
internal static class ResizeRules
{
    private static readonly string[] Lists = ["containers", "initContainers"];
    private static readonly string[] Kinds = ["limits", "requests"];
    private static readonly string[] Resizable = ["cpu", "memory"];

    /// <summary>Takes over each container's resources and how it wants to be resized, and nothing else.</summary>
    public static void Take(JsonObject body, JsonObject proposed)
    {
        foreach (var container in Lists.SelectMany(list => body.Items("spec", list)))
        {
            var wanted = Lists.SelectMany(list => proposed.Items("spec", list))
                .FirstOrDefault(one => one.Text("name") == container.Text("name"));
            foreach (var field in (string[])["resources", "resizePolicy"])
            {
                if (wanted?[field] is { } value)
                {
                    container[field] = value.DeepClone();
                }
            }
        }
    }

    /// <summary>All faults of a resize.</summary>
    public static ImmutableArray<FieldError> Check(JsonObject body, JsonObject current)
    {
        if (JsonNode.DeepEquals(body["spec"], current["spec"]))
        {
            return [];
        }

        // A node that can resize tells what is in force.
        var running = current.Items("status", "containerStatuses")
            .FirstOrDefault(one => one.At("state", "running") is not null);
        if (running is not null && running["resources"] is null)
        {
            return [FieldError.Forbidden("spec", "Pod running on node without support for resize")];
        }

        var errors = ImmutableArray.CreateBuilder<FieldError>();
        foreach (var list in Lists)
        {
            var before = current.Items("spec", list).ToList();
            foreach (var (after, index) in body.Items("spec", list).Select((one, index) => (one, index)))
            {
                errors.AddRange(Check($"spec.{list}[{index}].resources", before[index], after,
                    isOver: list == "initContainers" && after.Text("restartPolicy") != "Always"));
            }
        }

        if (PodDefaults.QosClass((JsonObject)body["spec"]!) is var quality
            && quality != PodDefaults.QosClass((JsonObject)current["spec"]!))
        {
            errors.Add(FieldError.Invalid("spec", JsonValue.Create(quality),
                "Pod QOS Class may not change as a result of resizing"));
        }

        return errors.ToImmutable();
    }

    private static IEnumerable<FieldError> Check(string path, JsonObject before, JsonObject after, bool isOver)
    {
        if (isOver && !JsonNode.DeepEquals(before["resources"], after["resources"]))
        {
            yield return FieldError.Forbidden(path, "resources for non-sidecar init containers are immutable");
        }

        foreach (var kind in Kinds)
        {
            var old = before.Map("resources", kind).ToDictionary();
            var wanted = after.Map("resources", kind).ToDictionary();
            foreach (var name in old.Keys.Union(wanted.Keys)
                .Where(name => old.GetValueOrDefault(name) != wanted.GetValueOrDefault(name)))
            {
                if (!Resizable.Contains(name))
                {
                    yield return FieldError.Forbidden($"{path}.{kind}", "only cpu and memory resources are mutable");
                }
                else if (!wanted.ContainsKey(name))
                {
                    yield return FieldError.Forbidden($"{path}.{kind}", $"resource {kind} cannot be removed");
                }
            }
        }
    }
}
