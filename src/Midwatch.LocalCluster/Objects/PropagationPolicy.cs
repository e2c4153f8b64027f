namespace Midwatch.LocalCluster.Objects;

/// <summary>What happens to the objects that an object owns when it is deleted.</summary>
internal enum PropagationPolicy
{
    /// <summary>The owner goes at once, what it owned follows.</summary>
    Background,

    /// <summary>What it owns goes first, the owner last.</summary>
    Foreground,

    /// <summary>What it owned stays and loses its owner reference.</summary>
    Orphan,
}
