using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Managed;

/// <summary>A set of fields, as metadata.managedFields writes it (FieldsV1): "f:name", "k:{keys}", "v:value".</summary>
internal sealed class FieldTree
{
    private const string Itself = ".";

    /// <summary>True when the field itself is in the set, not only some below it.</summary>
    public bool Self { get; set; }

    public SortedDictionary<string, FieldTree> Children { get; } = new(StringComparer.Ordinal);

    public bool IsEmpty => !Self && Children.Count == 0;

    public static FieldTree Leaf() => new() { Self = true };

    public static FieldTree Read(JsonObject? json)
    {
        var tree = new FieldTree { Self = json is null or { Count: 0 } || json.ContainsKey(Itself) };
        foreach (var (name, below) in json ?? [])
        {
            if (name != Itself)
            {
                tree.Children[name] = Read(below as JsonObject);
            }
        }

        return tree;
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        if (Self && Children.Count > 0)
        {
            json[Itself] = new JsonObject();
        }

        foreach (var (name, below) in Children)
        {
            json[name] = below.ToJson();
        }

        return json;
    }

    public FieldTree Union(FieldTree other) => Combine(other, (left, right) => left || right);

    public FieldTree Except(FieldTree other) => Combine(other, (left, right) => left && !right);

    public FieldTree Intersect(FieldTree other) => Combine(other, (left, right) => left && right);

    public bool SameAs(FieldTree other) => JsonNode.DeepEquals(ToJson(), other.ToJson());

    /// <summary>The fields of the set as paths, as .spec.containers[name="main"].image.</summary>
    public IEnumerable<string> Paths(string above = "")
    {
        if (Self && Children.Count == 0)
        {
            yield return above;
        }

        foreach (var path in Children.SelectMany(child => child.Value.Paths(above + Step(child.Key))))
        {
            yield return path;
        }
    }

    private FieldTree Combine(FieldTree other, Func<bool, bool, bool> choose)
    {
        var result = new FieldTree { Self = choose(Self, other.Self) };
        foreach (var name in Children.Keys.Union(other.Children.Keys))
        {
            var below = (Children.GetValueOrDefault(name) ?? new FieldTree()).Combine(
                other.Children.GetValueOrDefault(name) ?? new FieldTree(), choose);
            if (!below.IsEmpty)
            {
                result.Children[name] = below;
            }
        }

        return result;
    }

    private static string Step(string name) => name[0] switch
    {
        'k' => $"[{string.Join(',', JsonNode.Parse(name[2..])!.AsObject().Select(
            key => $"{key.Key}={key.Value!.ToJsonString()}"))}]",
        'v' => $"[={name[2..]}]",
        _ => "." + name[2..],
    };
}
