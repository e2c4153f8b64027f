using Midwatch.Incidents.Alerts;

namespace Midwatch.Engine.Intake;

/// <summary>What became of an alert that was handed in. With any of these it is durable, now or since before.</summary>
public sealed record AlertReceipt(string Fingerprint, AlertNews News);
