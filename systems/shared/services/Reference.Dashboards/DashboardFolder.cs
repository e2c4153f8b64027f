using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reference.Dashboards;

/// <summary>The dashboards of a folder, read anew each time; a file that is no dashboard is left out.</summary>
internal sealed class DashboardFolder(string folder)
{
    public ImmutableArray<JsonObject> All => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Select(Read).OfType<JsonObject>()]
        : [];

    private static JsonObject? Read(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) is JsonObject dashboard && dashboard["uid"] is not null
                ? dashboard : null;
        }
        catch (Exception failure) when (failure is JsonException or IOException)
        {
            return null;
        }
    }
}
