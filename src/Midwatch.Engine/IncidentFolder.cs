using Midwatch.Incidents;

namespace Midwatch.Engine;

/// <summary>Where an incident keeps its files.</summary>
public static class IncidentFolder
{
    /// <summary>The folder's path below a data directory; it may not be there yet.</summary>
    public static string Of(string dataDirectory, IncidentId incident) =>
        Path.Combine(dataDirectory, "incidents", incident.ToString());
}
