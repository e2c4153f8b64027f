namespace Midwatch.Kubernetes;

/// <summary>How a patch is to be read.</summary>
public enum PatchKind
{
    /// <summary>Kubernetes' own, which merges lists by key.</summary>
    Strategic,

    /// <summary>RFC 7396.</summary>
    Merge,

    /// <summary>RFC 6902.</summary>
    Json,
}
