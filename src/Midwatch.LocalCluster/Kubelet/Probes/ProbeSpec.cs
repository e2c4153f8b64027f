using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Kubelet.Probes;

/// <summary>core/v1 Probe with its defaults.</summary>
/// <param name="Kind">"Startup", "Readiness" or "Liveness", as events begin.</param>
/// <param name="Handler">The object with httpGet, tcpSocket, exec or grpc.</param>
/// <param name="GraceSeconds">A termination grace period of the probe's own.</param>
internal sealed record ProbeSpec(
    string Kind,
    JsonObject Handler,
    TimeSpan InitialDelay,
    TimeSpan Period,
    TimeSpan Timeout,
    int SuccessThreshold,
    int FailureThreshold,
    long? GraceSeconds)
{
    /// <summary>The kind within a sentence: "liveness".</summary>
    public string Name => char.ToLowerInvariant(Kind[0]) + Kind[1..];

    /// <summary>The container's probe, or null when it has none of this kind.</summary>
    /// <param name="field">"startupProbe", "readinessProbe" or "livenessProbe".</param>
    public static ProbeSpec? Of(JsonObject container, string field)
    {
        if (container.At(field) is not JsonObject probe)
        {
            return null;
        }

        return new(
            char.ToUpperInvariant(field[0]) + field[1..^"Probe".Length],
            probe,
            Seconds(probe, "initialDelaySeconds", 0),
            Seconds(probe, "periodSeconds", 10),
            Seconds(probe, "timeoutSeconds", 1),
            (int)(probe.Number("successThreshold") is > 0 and var success ? success : 1),
            (int)(probe.Number("failureThreshold") is > 0 and var failure ? failure : 3),
            probe.Number("terminationGracePeriodSeconds"));
    }

    // Zero means the default where zero makes no sense, as the API server's defaulting has it.
    private static TimeSpan Seconds(JsonObject probe, string field, long standard) =>
        TimeSpan.FromSeconds(probe.Number(field) is > 0 and var given ? given : standard);
}
