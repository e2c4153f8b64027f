using System.Collections.Immutable;
using Midwatch.Incidents.Alerts;

namespace Midwatch.Server.Intake;

/// <summary>What came of reading a body: the alerts that are good, and what is wrong with the others.</summary>
/// <param name="Problems">One sentence for each alert that is not good; for a body that is no list of alerts, one for
/// all.</param>
internal sealed record AlertReading(ImmutableArray<Alert> Alerts, ImmutableArray<string> Problems);
