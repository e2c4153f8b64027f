using System.Collections.Immutable;

namespace Midwatch.Incidents.Alerts;

/// <summary>
/// What people call the alerts of one incident: by name, and those of one name by the labels in which they differ.
/// </summary>
public sealed class AlertCalling
{
    private readonly ImmutableDictionary<string, string> _called;

    /// <param name="alerts">All that are told of together; one that fired twice counts once.</param>
    public AlertCalling(IEnumerable<Alert> alerts) => _called = alerts
        .DistinctBy(alert => alert.Fingerprint, StringComparer.Ordinal)
        .GroupBy(alert => alert.Name, StringComparer.Ordinal)
        .SelectMany(namesakes => Apart([.. namesakes]))
        .ToImmutableDictionary(each => each.Fingerprint, each => each.Called, StringComparer.Ordinal);

    /// <summary>What an alert is called; its name alone where it is none of those.</summary>
    public string Of(Alert alert) => Of(alert.Fingerprint) ?? alert.Name;

    /// <summary>What the alert with a fingerprint is called; null where it is none of those.</summary>
    public string? Of(string fingerprint) => _called.GetValueOrDefault(fingerprint);

    private static IEnumerable<(string Fingerprint, string Called)> Apart(ImmutableArray<Alert> namesakes)
    {
        var differing = namesakes.SelectMany(alert => alert.Labels).Select(label => label.Name)
            .Distinct(StringComparer.Ordinal)
            .Where(name => namesakes.Select(alert => alert.Label(name)).Distinct(StringComparer.Ordinal).Count() > 1)
            .ToHashSet(StringComparer.Ordinal);
        return namesakes.Select(alert => (alert.Fingerprint, $"{alert.Name}{Shown(alert, differing)}"));
    }

    private static string Shown(Alert alert, HashSet<string> differing)
    {
        var labels = alert.Labels.Where(label => differing.Contains(label.Name))
            .Select(label => $"{label.Name}=\"{label.Value}\"");
        return differing.Count == 0 ? "" : $"{{{string.Join(", ", labels)}}}";
    }
}
