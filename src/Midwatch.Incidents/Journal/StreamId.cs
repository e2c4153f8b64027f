namespace Midwatch.Incidents.Journal;

/// <summary>Names a stream of events that are ordered among themselves and have one writer at a time.</summary>
public readonly record struct StreamId
{
    private StreamId(string value) => Value = value;

    /// <summary>The ledger of every alert that was accepted, and of what was decided about it.</summary>
    public static StreamId Alerts { get; } = new("alerts");

    /// <summary>The name as stored.</summary>
    public string Value { get; }

    /// <summary>The stream of one incident.</summary>
    public static StreamId Of(IncidentId incident) => new($"incident/{incident}");

    /// <summary>Takes a name that a store has kept.</summary>
    public static StreamId FromStored(string value) => new(value);

    /// <summary>Which incident's stream it is.</summary>
    /// <returns>False for the ledger of alerts.</returns>
    public bool TryGetIncident(out IncidentId incident)
    {
        incident = default;
        return Value is { } name && name.StartsWith("incident/", StringComparison.Ordinal)
            && IncidentId.TryParse(name["incident/".Length..], out incident);
    }

    /// <inheritdoc />
    public override string ToString() => Value ?? string.Empty;
}
