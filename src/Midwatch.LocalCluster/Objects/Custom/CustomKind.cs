using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>What a CustomResourceDefinition says of one version of its kind, beyond its names.</summary>
/// <param name="Schema">openAPIV3Schema.</param>
/// <param name="StorageVersion">The apiVersion in which objects are kept.</param>
/// <param name="Scale">Null when the kind has no scale subresource.</param>
/// <param name="Warning">What to say to whoever uses a version that goes; "" for nothing.</param>
internal sealed record CustomKind(JsonObject Schema, string StorageVersion, ScalePaths? Scale, string Warning)
{
    public ImmutableArray<CustomRule> Rules { get; } = CustomRule.In(Schema);
}

/// <summary>Where the scale subresource finds its numbers, as ".spec.replicas".</summary>
/// <param name="Selector">"" when there is none.</param>
internal sealed record ScalePaths(string Spec, string Status, string Selector);
