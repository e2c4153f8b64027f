using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Reference.Web;

namespace PyAirtable.Chaos;

/// <summary>What is killed, and how one sees that all is well.</summary>
/// <param name="Namespace">Whose pods.</param>
/// <param name="Selector">Which of them.</param>
/// <param name="All">Every pod; else one.</param>
/// <param name="Outage">Whether callers may notice: only then may the last pod be killed.</param>
/// <param name="Steady">Addresses that answer 2xx when all is well.</param>
/// <param name="Expected">How long recovery may take.</param>
internal sealed record Experiment(
    string Name, string Namespace, string Selector, bool All, bool Outage, ImmutableArray<Uri> Steady,
    TimeSpan Expected)
{
    /// <summary>Finds an experiment in the file of all.</summary>
    /// <exception cref="FormatException">It, or something of it, is missing; the message names it.</exception>
    public static Experiment Find(JsonNode? file, string name)
    {
        var found = (file?["experiments"] as JsonArray ?? []).OfType<JsonObject>().ToImmutableArray();
        var one = found.FirstOrDefault(experiment => experiment.Text("name") == name)
            ?? throw new FormatException($"There is no experiment '{name}'; there are "
                + string.Join(", ", found.Select(experiment => experiment.Text("name"))));
        string Need(string field) => one.Text(field) ?? throw new FormatException($"{name}: '{field}' is missing.");
        return new Experiment(
            name, Need("namespace"), Need("selector"), Need("kill") == "all", (bool?)one["outage"] ?? false,
            [.. (one["steady"] as JsonArray ?? []).Select(address => new Uri((string)address!))],
            TimeSpan.FromSeconds((double?)one["expectedSeconds"]
                ?? throw new FormatException($"{name}: 'expectedSeconds' is missing.")));
    }
}
