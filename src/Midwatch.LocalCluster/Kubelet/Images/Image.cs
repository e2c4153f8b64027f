using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Kubelet.Images;

/// <summary>One tag of an <c>image.json</c>: what a container made of it runs.</summary>
/// <param name="Reference">The complete name.</param>
/// <param name="Entrypoint">What <c>command</c> of a manifest replaces.</param>
/// <param name="Arguments">What <c>args</c> of a manifest replaces.</param>
/// <param name="Environment">The image's and the tag's variables; may name others as <c>$(NAME)</c>.</param>
/// <param name="Directory">The folder of its <c>image.json</c>; <c>{image}</c> stands for it.</param>
/// <param name="Digest">"sha256:…", the same as long as the tag's description is the same.</param>
/// <param name="User">Whom it runs as, as a Dockerfile's USER; null for whom the cluster runs as.</param>
/// <param name="Bytes">How long the description is; what the kubelet reports as the image's size.</param>
internal sealed record Image(
    ImageReference Reference,
    ImmutableArray<string> Entrypoint,
    ImmutableArray<string> Arguments,
    ImmutableDictionary<string, string> Environment,
    string Directory,
    string Digest,
    long Bytes,
    string? User)
{
    /// <summary>The image's id in a container's status.</summary>
    public string Id => $"{Reference.Repository}@{Digest}";
}
