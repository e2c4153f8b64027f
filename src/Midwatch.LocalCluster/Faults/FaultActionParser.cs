using System.Globalization;
using Midwatch.LocalCluster.Faults.Standard;
using Midwatch.LocalCluster.Hosting;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Faults;

/// <summary>Reads one entry of <c>inject:</c>, a mapping with the action's name as its only key.</summary>
internal sealed class FaultActionParser(Action<Mark, string> report)
{
    private const string Known = "setImage, scale, freeze, run, deleteObject, patch, deletePods, standard, waitFor";
    private static readonly TimeSpan WaitDefault = TimeSpan.FromSeconds(60);

    public FaultAction? Parse(YamlNode node)
    {
        if (node is not YamlMappingNode { Children.Count: 1 } entry
            || entry.Children.First() is not { Key: YamlScalarNode name, Value: YamlMappingNode fields })
        {
            report(node.Start, $"an action is a mapping with one key, one of {Known}, and its fields");
            return null;
        }

        switch (name.Value)
        {
            case "setImage":
                return Read(fields, ["workload", "container", "image"]) is [var workload, var container, var image]
                    ? new FaultAction.SetImage(workload, container, image)
                    : null;
            case "scale":
                return ParseScale(fields);
            case "freeze":
                return Read(fields, ["selector", "container"]) is [var frozen, var inside]
                    ? new FaultAction.Freeze(frozen, inside)
                    : null;
            case "run":
                return Read(fields, ["selector", "container", "script", "undo"])
                    is [var pods, var shell, var script, var undo]
                    ? new FaultAction.Run(pods, shell, script, undo)
                    : null;
            case "deleteObject":
                return Read(fields, ["kind", "name"]) is [var kind, var named]
                    ? new FaultAction.DeleteObject(kind, named)
                    : null;
            case "patch":
                return ParsePatch(fields);
            case "deletePods":
                return Read(fields, ["selector"]) is [var selector] ? new FaultAction.DeletePods(selector) : null;
            case "standard":
                return ParseStandard(fields);
            case "waitFor":
                return ParseWait(fields);
            default:
                report(name.Start, $"unknown action '{name.Value}'; known are {Known}");
                return null;
        }
    }

    private FaultAction.OfStandard? ParseStandard(YamlMappingNode fields)
    {
        if (Read(fields, ["id", "target"]) is not [var id, var target])
        {
            return null;
        }

        if (StandardFault.Find(id) is not null)
        {
            return new FaultAction.OfStandard(id, target);
        }

        report(fields.Start, $"there is no standard fault '{id}'; there are "
            + $"{string.Join(", ", StandardFault.All.Select(fault => fault.Id))}");
        return null;
    }

    private FaultAction.Scale? ParseScale(YamlMappingNode fields)
    {
        if (Read(fields, ["workload", "replicas"]) is not [var workload, var text])
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas))
        {
            return new FaultAction.Scale(workload, replicas);
        }

        report(fields.Start, $"'{text}' is not a number of replicas");
        return null;
    }

    // The patch is written as YAML; what is kept is its JSON.
    private FaultAction.Patch? ParsePatch(YamlMappingNode fields)
    {
        if (fields.At("merge") is not YamlMappingNode { Children.Count: > 0 } merge)
        {
            report(fields.Start, "patch needs 'merge:', the fields to change");
            return null;
        }

        return Read(fields, ["kind", "name"], "merge") is [var kind, var name]
            ? new FaultAction.Patch(kind, name, YamlJson.Convert(merge)!.ToJsonString())
            : null;
    }

    private FaultAction? ParseWait(YamlMappingNode fields)
    {
        var within = Within(fields);
        if (fields.Children.ContainsKey("rollout"))
        {
            return Read(fields, ["rollout"], "within") is [var workload]
                ? new FaultAction.WaitForRollout(workload, within)
                : null;
        }

        return Read(fields, ["unready"], "within") is [var selector]
            ? new FaultAction.WaitForUnready(selector, within)
            : null;
    }

    private TimeSpan Within(YamlMappingNode fields)
    {
        if (fields.At("within") is not YamlScalarNode { Value: { } text } node)
        {
            return WaitDefault;
        }

        if (text.EndsWith('s')
            && int.TryParse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        report(node.Start, $"'{text}' is not a time limit in seconds such as '60s'");
        return WaitDefault;
    }

    /// <summary>The named fields in order, or null (and a report) when one is missing or another is there.</summary>
    private string[]? Read(YamlMappingNode fields, string[] names, string? optional = null)
    {
        var values = names.Select(name => (fields.At(name) as YamlScalarNode)?.Value).ToArray();
        var strangers = fields.Children.Keys.OfType<YamlScalarNode>()
            .Where(key => !names.Contains(key.Value, StringComparer.Ordinal) && key.Value != optional).ToArray();
        foreach (var stranger in strangers)
        {
            report(stranger.Start, $"unknown field '{stranger.Value}'; known are {string.Join(", ", names)}");
        }

        var missing = names.Where((_, index) => string.IsNullOrWhiteSpace(values[index])).ToArray();
        if (missing.Length > 0)
        {
            report(fields.Start, $"missing {string.Join(", ", missing)}");
        }

        return missing.Length == 0 && strangers.Length == 0 ? [.. values.Select(value => value!)] : null;
    }
}
