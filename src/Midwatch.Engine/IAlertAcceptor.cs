using System.Collections.Immutable;
using Midwatch.Engine.Intake;
using Midwatch.Incidents.Alerts;

namespace Midwatch.Engine;

/// <summary>Where an intake hands its alerts in: the engine of this process, or a test's.</summary>
public interface IAlertAcceptor
{
    /// <summary>Makes the alerts durable; each ends in a recorded decision afterwards.</summary>
    /// <returns>One receipt for each alert, in their order.</returns>
    /// <exception cref="Midwatch.Incidents.Journal.StoreFailedException">
    /// They could not be made durable; none of them is accepted.
    /// </exception>
    Task<ImmutableArray<AlertReceipt>> AcceptAsync(ImmutableArray<Alert> alerts, CancellationToken cancellationToken);
}
