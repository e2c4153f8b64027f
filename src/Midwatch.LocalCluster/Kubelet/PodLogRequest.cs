namespace Midwatch.LocalCluster.Kubelet;

/// <summary>A request for one container's log (core/v1 PodLogOptions).</summary>
/// <param name="Follow">Keep writing as the container does.</param>
/// <param name="Previous">The log of the container's instance before the present one.</param>
/// <param name="TailLines">At most this many lines from the end; null for all.</param>
/// <param name="SinceTime">Only lines written at or after this moment; null for all.</param>
/// <param name="Timestamps">Put the time of writing (RFC 3339, nanoseconds) before each line.</param>
/// <param name="LimitBytes">Stop after this many bytes; null for no limit.</param>
internal sealed record PodLogRequest(
    string Namespace,
    string Pod,
    string Container,
    bool Follow = false,
    bool Previous = false,
    long? TailLines = null,
    DateTimeOffset? SinceTime = null,
    bool Timestamps = false,
    long? LimitBytes = null);
