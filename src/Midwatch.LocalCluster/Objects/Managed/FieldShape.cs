using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Objects.Managed;

/// <summary>How a value is owned: as a whole, or part by part.</summary>
/// <param name="Name">The field's name; "" for an item.</param>
/// <param name="Type">What an object's fields are looked up in; null when every key is a field like any other.</param>
/// <param name="Keys">What tells the items of a list apart; empty for a list or value that is owned as a whole.</param>
/// <param name="IsSet">A list of values that are owned one by one.</param>
internal sealed record FieldShape(
    string Name, TypeSchema? Type, bool IsAtomic, bool IsSet, ImmutableArray<string> Keys, FieldShape? Item)
{
    // x-kubernetes-map-type: atomic, in Kubernetes' OpenAPI.
    private static readonly FrozenSet<string> AtomicTypes = new[]
    {
        "LabelSelector", "OwnerReference", "ObjectReference", "LocalObjectReference", "KeySelector", "NodeSelector",
        "NodeSelectorTerm", "ObjectFieldSelector", "ResourceFieldSelector", "TypedLocalObjectReference", "RoleRef",
        "Subject", "any",
    }.ToFrozenSet();

    // x-kubernetes-list-type: atomic, although strategic patches merge them.
    private static readonly FrozenSet<string> AtomicLists = new[] { "hostIPs" }.ToFrozenSet();

    private static readonly FrozenSet<string> AtomicMaps = new[] { "nodeSelector", "selector" }.ToFrozenSet();

    // Lists whose items need more than the key of strategic patches to be told apart.
    private static readonly FrozenDictionary<string, ImmutableArray<string>> MoreKeys =
        new Dictionary<string, ImmutableArray<string>>
        {
            ["ContainerPort"] = ["containerPort", "protocol"],
            ["ServicePort"] = ["port", "protocol"],
            ["TopologySpreadConstraint"] = ["topologyKey", "whenUnsatisfiable"],
        }.ToFrozenDictionary();

    internal static readonly FieldShape Value = new("", null, IsAtomic: true, IsSet: false, [], null);

    // Of what no schema tells, objects are owned key by key and lists as a whole.
    internal static readonly FieldShape Free = new("", null, IsAtomic: false, IsSet: false, [], null);

    public static FieldShape OfKind(KindDefinition kind) => kind.Custom is { } custom
        ? CustomShape.Of(custom.Schema, isRoot: true)
        : Free with { Type = SchemaCatalog.Embedded.Find(kind.Type) };

    /// <summary>The fields of an object that a schema of its own describes; null for all others.</summary>
    public Func<string, FieldShape?>? Parts { get; init; }

    /// <summary>The shape of a field of an object of this shape.</summary>
    public FieldShape Field(string name) =>
        Parts is not null ? (Parts(name) ?? Item ?? Free) with { Name = name }
        : Type is null ? (Item ?? Free) with { Name = name }
        : Type.Fields.TryGetValue(name, out var field) ? Of(field) with { Name = name }
        : Free with { Name = name };

    /// <summary>The name of an item of this list in a set of fields.</summary>
    public string ItemName(JsonNode? item)
    {
        if (IsSet)
        {
            return "v:" + (item?.ToJsonString() ?? "null");
        }

        var keys = new JsonObject();
        foreach (var key in Keys.Order(StringComparer.Ordinal))
        {
            if ((item as JsonObject)?[key] is { } value)
            {
                keys[key] = value.DeepClone();
            }
            else if (key == "protocol")
            {
                keys[key] = "TCP";
            }
        }

        return "k:" + keys.ToJsonString(new System.Text.Json.JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }

    /// <summary>True for lists whose items are owned one by one.</summary>
    public bool IsKeyed => IsSet || !Keys.IsEmpty;

    private static FieldShape Of(FieldSchema field)
    {
        var inner = SchemaCatalog.Embedded.Find(field.Type.Name);
        var one = AtomicTypes.Contains(field.Type.Name) || inner is null
            ? Value : Free with { Type = inner };
        return field.Type.Shape switch
        {
            ValueShape.Map when AtomicMaps.Contains(field.Name) => Value,
            ValueShape.Map => Free with { Item = one },
            ValueShape.List when AtomicLists.Contains(field.Name) => Value,
            ValueShape.List when field.MergeKey == "=" => Value with { IsAtomic = false, IsSet = true, Item = Value },
            ValueShape.List when field.MergeKey is { } key => Value with
            {
                IsAtomic = false,
                Keys = MoreKeys.TryGetValue(field.Type.Name, out var keys) ? keys : [key],
                Item = one,
            },
            ValueShape.List => Value,
            _ => one,
        };
    }
}
