using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Verification;

namespace Midwatch.Engine.Ports;

/// <summary>Asks where an alert came from.</summary>
public interface IAlertSource
{
    /// <summary>
    /// Evaluates the alert's expression: met means false over series that exist, so that the alert is over; unmet means
    /// it still holds; everything else (no source known, no answer, no series) could not be told.
    /// </summary>
    Task<SourceAnswer> AskAsync(Alert alert, CancellationToken cancellationToken);
}

/// <summary>What the source says about an alert being over.</summary>
public sealed record SourceAnswer(CheckVerdict IsOver, string Reason);
