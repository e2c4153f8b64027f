using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Custom;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Selection;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>Where a kind keeps what the scale subresource shows.</summary>
internal sealed class ScalePlaces(KindDefinition kind)
{
    private static readonly ScalePaths BuiltIn = new(".spec.replicas", ".status.replicas", ".spec.selector");

    private readonly ScalePaths _paths = kind.Custom?.Scale ?? BuiltIn;

    public JsonNode? Wanted(JsonObject body) => Read(body, _paths.Spec);

    public JsonNode? Present(JsonObject body) => Read(body, _paths.Status);

    public string Selector(JsonObject body) => _paths.Selector.Length == 0 ? ""
        : Read(body, _paths.Selector) is JsonValue text ? text.ToString()
        : LabelSelector.FromObject(Read(body, _paths.Selector))?.ToString() ?? "";

    public void Set(JsonObject body, long replicas)
    {
        var path = Parts(_paths.Spec);
        foreach (var name in path[..^1])
        {
            if (body[name] is not JsonObject below)
            {
                below = [];
                body[name] = below;
            }

            body = below;
        }

        body[path[^1]] = replicas;
    }

    private static JsonNode? Read(JsonNode? at, string path)
    {
        foreach (var name in Parts(path))
        {
            at = (at as JsonObject)?[name];
        }

        return at;
    }

    private static string[] Parts(string path) => path.Split('.', StringSplitOptions.RemoveEmptyEntries);
}
