using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Faults;

/// <summary>The inverse of one action, written down before the action is done.</summary>
internal abstract record FaultUndo
{
    private FaultUndo()
    {
    }

    public abstract JsonObject ToJson();

    /// <summary>Null when the entry is of no known kind.</summary>
    public static FaultUndo? Parse(JsonObject entry) => entry.Text("kind") switch
    {
        "image" => new RestoreImage(
            entry.Text("path") ?? "", entry.Text("container") ?? "", entry.Text("before") ?? "",
            entry.Text("injected") ?? ""),
        "replicas" => new RestoreReplicas(entry.Text("path") ?? "", entry.Count("before"), entry.Count("injected")),
        "fields" when entry.At("before") is JsonObject before && entry.At("injected") is JsonObject injected =>
            new RestoreFields(entry.Text("path") ?? "", before, injected),
        "thaw" => new Thaw(entry.Text("pod") ?? "", entry.Text("container") ?? ""),
        "create" when entry.At("body") is JsonObject body => new Recreate(entry.Text("collection") ?? "", body),
        "delete" => new Delete(entry.Text("path") ?? ""),
        "rule" => new EndRule(entry.Text("id") ?? ""),
        "script" => new RunScript(
            entry.Text("selector") ?? "", entry.Text("container") ?? "", entry.Text("script") ?? ""),
        _ => null,
    };

    internal sealed record Delete(string Path) : FaultUndo
    {
        public override JsonObject ToJson() => new() { ["kind"] = "delete", ["path"] = Path };
    }

    internal sealed record EndRule(string Id) : FaultUndo
    {
        public override JsonObject ToJson() => new() { ["kind"] = "rule", ["id"] = Id };
    }

    internal sealed record RunScript(string Selector, string Container, string Script) : FaultUndo
    {
        public override JsonObject ToJson() => new()
        {
            ["kind"] = "script",
            ["selector"] = Selector,
            ["container"] = Container,
            ["script"] = Script,
        };
    }

    /// <param name="Path">The workload's path in the API.</param>
    internal sealed record RestoreImage(string Path, string Container, string Before, string Injected) : FaultUndo
    {
        public override JsonObject ToJson() => new()
        {
            ["kind"] = "image",
            ["path"] = Path,
            ["container"] = Container,
            ["before"] = Before,
            ["injected"] = Injected,
        };
    }

    internal sealed record RestoreReplicas(string Path, int Before, int Injected) : FaultUndo
    {
        public override JsonObject ToJson() =>
            new() { ["kind"] = "replicas", ["path"] = Path, ["before"] = Before, ["injected"] = Injected };
    }

    /// <param name="Before">A merge patch that puts the fields back; null for one that was not there.</param>
    /// <param name="Injected">The merge patch that the fault applied.</param>
    internal sealed record RestoreFields(string Path, JsonObject Before, JsonObject Injected) : FaultUndo
    {
        public override JsonObject ToJson() => new()
        {
            ["kind"] = "fields",
            ["path"] = Path,
            ["before"] = Before.DeepClone(),
            ["injected"] = Injected.DeepClone(),
        };
    }

    internal sealed record Thaw(string Pod, string Container) : FaultUndo
    {
        public override JsonObject ToJson() => new() { ["kind"] = "thaw", ["pod"] = Pod, ["container"] = Container };
    }

    /// <param name="Collection">Where to create it.</param>
    internal sealed record Recreate(string Collection, JsonObject Body) : FaultUndo
    {
        public override JsonObject ToJson() =>
            new() { ["kind"] = "create", ["collection"] = Collection, ["body"] = Body.DeepClone() };
    }
}
