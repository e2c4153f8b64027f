namespace Midwatch.LocalCluster.Objects;

/// <summary>How to delete an object (meta/v1 DeleteOptions).</summary>
/// <param name="GracePeriodSeconds">For pods: seconds to end in; null takes the pod's own, 0 removes at once.</param>
/// <param name="Uid">Refuse when the object has another uid; null does not look.</param>
/// <param name="ResourceVersion">Refuse when the object has another version; null does not look.</param>
internal sealed record DeleteOptions(
    PropagationPolicy Propagation = PropagationPolicy.Background,
    long? GracePeriodSeconds = null,
    string? Uid = null,
    string? ResourceVersion = null)
{
    /// <summary>Nothing is to be deleted: the client only wants to know what would be.</summary>
    public bool IsDryRun { get; init; }
}
