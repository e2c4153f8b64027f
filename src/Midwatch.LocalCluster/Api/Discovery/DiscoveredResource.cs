using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>A resource or subresource as discovery tells of it.</summary>
/// <param name="Name">"deployments" or "deployments/scale".</param>
/// <param name="KindGroup">The group of the kind where it is not the resource's own, as for scale; else "".</param>
internal sealed record DiscoveredResource(
    string Group,
    string Version,
    string Name,
    string Singular,
    string Kind,
    string KindGroup,
    string KindVersion,
    bool IsNamespaced,
    ImmutableArray<string> Verbs,
    ImmutableArray<string> ShortNames,
    ImmutableArray<string> Categories)
{
    /// <summary>Changes when objects are kept in another version; "" for what is not kept.</summary>
    public string StorageHash { get; init; } = "";

    public bool IsSubresource => Name.Contains('/', StringComparison.Ordinal);
}
