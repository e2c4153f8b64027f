using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Managed;

/// <summary>A set of fields, as metadata.managedFields writes it (FieldsV1): "f:name", "k:{keys}", "v:value".</summary>
internal sealed class FieldTree
{
    private const string Itself = ".";

    // Most fields have none below them.
    private SortedDictionary<string, FieldTree>? _children;

    /// <summary>True when the field itself is in the set, not only some below it.</summary>
    public bool Self { get; set; }

    public SortedDictionary<string, FieldTree> Children => _children ??= new(StringComparer.Ordinal);

    public bool IsEmpty => !Self && IsLeaf;

    /// <summary>None below it.</summary>
    public bool IsLeaf => _children is null or { Count: 0 };

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
        if (IsLeaf)
        {
            return json;
        }

        if (Self)
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

    /// <summary>Whether both are written alike.</summary>
    public bool SameAs(FieldTree other) => IsLeaf || other.IsLeaf
        ? IsLeaf == other.IsLeaf
        : Self == other.Self && Children.Count == other.Children.Count
            && Children.All(one => other.Children.TryGetValue(one.Key, out var same) && one.Value.SameAs(same));

    /// <summary>The fields of the set as paths, as .spec.containers[name="main"].image.</summary>
    public IEnumerable<string> Paths(string above = "")
    {
        if (IsLeaf)
        {
            if (Self)
            {
                yield return above;
            }

            yield break;
        }

        foreach (var path in Children.SelectMany(child => child.Value.Paths(above + Step(child.Key))))
        {
            yield return path;
        }
    }

    private FieldTree Combine(FieldTree other, Func<bool, bool, bool> choose)
    {
        var result = new FieldTree { Self = choose(Self, other.Self) };
        if (IsLeaf && other.IsLeaf)
        {
            return result;
        }

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
