using Midwatch.Execution.Data;
using Midwatch.Kubernetes;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Execution.Sealing;

/// <summary>Where objects of a kind lie under the API server (data: <c>kinds.yaml</c>).</summary>
internal sealed class ObjectPlaces
{
    private readonly YamlMappingNode _kinds = DataFile.Read("kinds.yaml");

    /// <summary>The path of an object, or of a list when there is no name; null for a kind that is not known.</summary>
    /// <param name="kind">In the singular and lower case.</param>
    public ResourcePath? Find(string kind, string space, string? name) =>
        _kinds.Children.TryGetValue(kind, out var node) && node is YamlMappingNode place
            ? new ResourcePath(
                place.Text("group") ?? "",
                place.Text("version") ?? "v1",
                place.Text("plural") ?? kind + "s",
                place.Text("clusterWide") == "true" ? null : space,
                name)
            : null;
}
