using System.Text.Json.Nodes;
using Midwatch.Runbooks.Tests.Lint;

namespace Midwatch.Cli.Tests;

/// <summary>The schemas of <c>docs/reference/schemas</c>.</summary>
internal static class PublishedSchema
{
    /// <summary>What of a document does not fit.</summary>
    public static IReadOnlyList<string> Faults(string schema, string json)
    {
        var path = Path.Combine(Root(), "docs", "reference", "schemas", $"{schema}.schema.json");
        return JsonShape.Faults(JsonNode.Parse(json), JsonNode.Parse(File.ReadAllText(path))!);
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Midwatch.slnx")))
        {
            directory = directory.Parent
                ?? throw new DirectoryNotFoundException("Midwatch.slnx is in no folder above the tests.");
        }

        return directory.FullName;
    }
}
