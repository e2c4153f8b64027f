using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Custom;
using Midwatch.LocalCluster.Objects.Kinds.Conversions;

namespace Midwatch.LocalCluster.Objects.Kinds;

/// <summary>A kind of object that the API server serves.</summary>
/// <param name="Fields">Field selectors beyond metadata.name and metadata.namespace.</param>
internal sealed record KindDefinition(
    string Group,
    string Version,
    string Plural,
    string Singular,
    string Kind,
    bool IsNamespaced,
    ImmutableArray<string> ShortNames,
    ImmutableArray<string> Categories,
    ImmutableArray<string> Subresources,
    ImmutableArray<string> Fields,
    ImmutableArray<ColumnDefinition> Columns)
{
    /// <summary>"v1" or "apps/v1", as in apiVersion.</summary>
    public string GroupVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>"pods" or "deployments.apps", as in messages about resources.</summary>
    public string Resource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>"Pod" or "Deployment.apps", as in messages about invalid objects.</summary>
    public string KindInMessages => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>What may be done with its objects; empty for everything.</summary>
    public ImmutableArray<string> Verbs { get; init; } = [];

    /// <summary>The type of types.yaml that the objects are of.</summary>
    public string Type { get; init; } = Kind;

    /// <summary>The group under which the objects are kept, where that is not the kind's own.</summary>
    public string StoredGroup { get; init; } = Group;

    /// <summary>What a CustomResourceDefinition says; null for the kinds that come with Midwatch.</summary>
    public CustomKind? Custom { get; init; }

    /// <summary>How objects of this version are kept; null when they are kept as they are.</summary>
    public KindConversion? Conversion { get; init; }

    public bool Has(string subresource) => Subresources.Contains(subresource);

    /// <summary>An object of the store as this version shows it.</summary>
    public StoredObject Served(StoredObject item)
    {
        if (Conversion is null)
        {
            return item;
        }

        var body = Conversion.FromStored(item.Clone(), GroupVersion);
        return new StoredObject(item.Key, item.ResourceVersion, FrozenObject.Write(body));
    }

    /// <summary>An object of this version as the store keeps it; may be changed in place.</summary>
    public JsonObject Stored(JsonObject body) => Conversion is null ? body : Conversion.ToStored(body);
}
