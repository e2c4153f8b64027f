using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace PyAirtable.Chaos;

/// <summary>What no experiment may do.</summary>
/// <param name="Namespaces">Where something may be broken.</param>
/// <param name="Concurrent">How many experiments may run at once.</param>
/// <param name="Longest">How long an experiment may be expected to take.</param>
internal sealed record Guardrails(ImmutableArray<string> Namespaces, int Concurrent, TimeSpan Longest)
{
    public static Guardrails Read(JsonNode? file) => new(
        [.. (file?["guardrails"]?["namespaces"] as JsonArray ?? []).Select(name => (string)name!)],
        (int?)file?["guardrails"]?["concurrent"] ?? 1,
        TimeSpan.FromSeconds((double?)file?["guardrails"]?["longestSeconds"] ?? 600));

    /// <summary>Why the experiment may not begin; null when it may.</summary>
    /// <param name="running">How many other experiments run.</param>
    /// <param name="pods">How many pods its selector finds.</param>
    public string? Refuses(Experiment experiment, int running, int pods) => experiment switch
    {
        _ when !Namespaces.Contains(experiment.Namespace) => $"nothing may be broken in '{experiment.Namespace}'",
        _ when experiment.Expected > Longest =>
            $"it may take {experiment.Expected.TotalSeconds:0} s, {Longest.TotalSeconds:0} s are allowed",
        _ when running >= Concurrent => $"{running} other experiments run, {Concurrent} at once are allowed",
        _ when pods == 0 => $"no pod has the labels {experiment.Selector}",
        _ when !experiment.Outage && (experiment.All || pods == 1) => "it would kill the last pod, and is no outage",
        { Steady.IsEmpty: true } => "it has no steady state to look at",
        _ => null,
    };
}
