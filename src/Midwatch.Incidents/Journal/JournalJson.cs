using System.Text.Json.Serialization;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Events;

namespace Midwatch.Incidents.Journal;

/// <summary>The JSON of events, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(IncidentEvent))]
[JsonSerializable(typeof(LedgerEvent))]
[JsonSerializable(typeof(IncidentState))]
internal sealed partial class JournalJson : JsonSerializerContext;
