using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>One document of a manifest file.</summary>
/// <param name="Line">Where it starts, from 1.</param>
internal sealed record ManifestDocument(string File, long Line, JsonObject Body)
{
    public string ApiVersion => Body.Text("apiVersion") ?? "";

    public string Kind => Body.Text("kind") ?? "";

    public string Name => Body.Text("metadata", "name") ?? "";

    public string? Namespace => Body.Text("metadata", "namespace");

    public string Place => $"{File}:{Line}";
}
