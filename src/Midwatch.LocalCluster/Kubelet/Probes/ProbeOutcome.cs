namespace Midwatch.LocalCluster.Kubelet.Probes;

/// <summary>What one look of a probe found.</summary>
/// <param name="Output">What the event says after "Readiness probe failed: ".</param>
internal readonly record struct ProbeOutcome(bool Succeeded, string Output)
{
    /// <summary>Somebody answered, with whatever status.</summary>
    public bool IsAnswer { get; init; }

    public static ProbeOutcome Success { get; } = new(true, "");

    public static ProbeOutcome Failure(string output) => new(false, output);
}
