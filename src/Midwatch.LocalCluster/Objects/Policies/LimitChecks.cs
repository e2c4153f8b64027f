using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Policies;

/// <summary>What limit ranges forbid, in the words of Kubernetes' LimitRanger.</summary>
internal static class LimitChecks
{
    /// <summary>Everything that an object breaks of one limit range.</summary>
    public static IEnumerable<string> Faults(KindDefinition kind, JsonObject range, JsonObject body) =>
        range.Items("spec", "limits").SelectMany(item => (item.Text("type"), kind.Kind) switch
        {
            ("Container", "Pod") => body.Items("spec", "containers").Concat(body.Items("spec", "initContainers"))
                .SelectMany(one => Faults(item, Each(one, "requests"), Each(one, "limits"))),
            ("Pod", "Pod") => Faults(item, PodAmounts.Of(body, "requests"), PodAmounts.Of(body, "limits")),
            ("PersistentVolumeClaim", "PersistentVolumeClaim") =>
                Faults(item, Each(body["spec"] as JsonObject ?? [], "requests"), []),
            _ => [],
        });

    private static SortedDictionary<string, Amount> Each(JsonObject container, string field)
    {
        var amounts = new SortedDictionary<string, Amount>(StringComparer.Ordinal);
        foreach (var (name, text) in container.Map("resources", field))
        {
            amounts[name] = Amount.Parse(text) ?? Amount.Zero;
        }

        return amounts;
    }

    private static IEnumerable<string> Faults(
        JsonObject item, SortedDictionary<string, Amount> requests, SortedDictionary<string, Amount> limits) =>
        Named(item, "min").Select(one => BelowMin(item, one, requests, limits))
            .Concat(Named(item, "max").Select(one => AboveMax(item, one, requests, limits)))
            .Concat(Named(item, "maxLimitRequestRatio").Select(one => AboveRatio(item, one, requests, limits)))
            .OfType<string>();

    private static IEnumerable<(string Name, string Text, Amount Amount)> Named(JsonObject item, string field) =>
        item.Map(field).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value, Amount.Parse(pair.Value) ?? Amount.Zero));

    private static string? BelowMin(
        JsonObject item, (string Name, string Text, Amount Amount) bound,
        SortedDictionary<string, Amount> requests, SortedDictionary<string, Amount> limits)
    {
        var says = $"minimum {bound.Name} usage per {item.Text("type")} is {bound.Text}";
        return !requests.TryGetValue(bound.Name, out var request) ? $"{says}.  No request is specified"
            : request.Nano < bound.Amount.Nano ? $"{says}, but request is {request}"
            : limits.TryGetValue(bound.Name, out var limit) && limit.Nano < bound.Amount.Nano
                ? $"{says}, but limit is {limit}"
                : null;
    }

    private static string? AboveMax(
        JsonObject item, (string Name, string Text, Amount Amount) bound,
        SortedDictionary<string, Amount> requests, SortedDictionary<string, Amount> limits)
    {
        var says = $"maximum {bound.Name} usage per {item.Text("type")} is {bound.Text}";
        if (item.Text("type") == "PersistentVolumeClaim")
        {
            return requests.TryGetValue(bound.Name, out var claimed) && claimed.Nano > bound.Amount.Nano
                ? $"{says}, but request is {claimed}" : null;
        }

        return !limits.TryGetValue(bound.Name, out var limit) ? $"{says}.  No limit is specified"
            : limit.Nano > bound.Amount.Nano ? $"{says}, but limit is {limit}"
            : requests.TryGetValue(bound.Name, out var request) && request.Nano > bound.Amount.Nano
                ? $"{says}, but request is {request}"
                : null;
    }

    private static string? AboveRatio(
        JsonObject item, (string Name, string Text, Amount Amount) bound,
        SortedDictionary<string, Amount> requests, SortedDictionary<string, Amount> limits)
    {
        var says = $"{bound.Name} max limit to request ratio per {item.Text("type")} is {bound.Text}";
        if (!requests.TryGetValue(bound.Name, out var request) || request.Nano.IsZero)
        {
            return $"{says}, but no request is specified or request is 0";
        }

        if (!limits.TryGetValue(bound.Name, out var limit) || limit.Nano.IsZero)
        {
            return $"{says}, but no limit is specified or limit is 0";
        }

        var ratio = (double)limit.Nano / (double)request.Nano;
        return ratio > (double)bound.Amount.Nano / 1e9
            ? string.Create(CultureInfo.InvariantCulture, $"{says}, but provided ratio is {ratio:F6}")
            : null;
    }
}
