using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.Cli.Systems;

/// <summary>How one reference system is.</summary>
/// <param name="Workloads">In the order of its <c>system.yaml</c>; empty when no cluster runs.</param>
/// <param name="Firing">The alerts that fire; null when its Prometheus could not be asked.</param>
internal sealed record SystemHealth(
    SystemDescription System, ImmutableArray<WorkloadHealth> Workloads, ImmutableArray<string>? Firing)
{
    internal SystemState State =>
        !Workloads.Any(one => one.Exists) ? SystemState.Down
        : Workloads.All(one => one.IsUp) ? SystemState.Ready
        : SystemState.NotReady;

    /// <summary>The state as it is printed and written to JSON.</summary>
    internal string Word => State switch
    {
        SystemState.Ready => "ready",
        SystemState.NotReady => "not-ready",
        _ => "down",
    };

    internal JsonObject ToJson() => new()
    {
        ["name"] = System.Name,
        ["summary"] = System.Summary,
        ["namespace"] = System.Namespace,
        ["state"] = Word,
        ["workloads"] = new JsonArray([.. Workloads.Where(one => one.Exists).Select(one => (JsonNode)new JsonObject
        {
            ["namespace"] = one.Workload.Namespace,
            ["kind"] = one.Workload.Kind,
            ["name"] = one.Workload.Name,
            ["ready"] = one.Ready,
            ["wanted"] = one.Wanted,
            ["up"] = one.IsUp,
        })]),
        ["firing"] = Firing is { } firing ? new JsonArray([.. firing.Select(name => JsonValue.Create(name))]) : null,
    };
}
