using System.Collections.Immutable;

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

    public bool Has(string subresource) => Subresources.Contains(subresource);
}
