using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Events;

namespace Midwatch.Incidents.Journal;

/// <summary>Events to JSON and back.</summary>
public static class EventCodec
{
    /// <summary>Writes an event of an incident.</summary>
    public static JournalEntry Encode(IncidentEvent happened) => Encode(happened, JournalJson.Default.IncidentEvent);

    /// <summary>Writes an event of the ledger of alerts.</summary>
    public static JournalEntry Encode(LedgerEvent happened) => Encode(happened, JournalJson.Default.LedgerEvent);

    /// <summary>Reads an event of an incident.</summary>
    /// <exception cref="StoreFailedException">The data is none: damaged, or written by a later version.</exception>
    public static IncidentEvent DecodeIncident(StoredEntry stored) => Decode(stored, JournalJson.Default.IncidentEvent);

    /// <summary>Reads an event of the ledger of alerts.</summary>
    /// <exception cref="StoreFailedException">The data is none: damaged, or written by a later version.</exception>
    public static LedgerEvent DecodeLedger(StoredEntry stored) => Decode(stored, JournalJson.Default.LedgerEvent);

    /// <summary>Writes a state, for showing and comparing; it is never stored.</summary>
    public static string Show(IncidentState state) =>
        JsonSerializer.Serialize(state, JournalJson.Default.IncidentState);

    private static JournalEntry Encode<T>(T happened, JsonTypeInfo<T> shape)
    {
        var data = JsonSerializer.Serialize(happened, shape);
        using var document = JsonDocument.Parse(data);
        return new JournalEntry(document.RootElement.GetProperty("type").GetString() ?? string.Empty, data);
    }

    private static T Decode<T>(StoredEntry stored, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(stored.Entry.Data, shape) ?? throw new JsonException("It is null.");
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            throw new StoreFailedException(
                $"Event {stored.Version} of '{stored.Stream}' ({stored.Entry.Type}) cannot be read: {problem.Message}",
                "Use the version of Midwatch that wrote it, or a newer one.",
                problem);
        }
    }
}
