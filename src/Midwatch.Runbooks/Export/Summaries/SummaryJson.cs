using System.Text.Json;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Export.Summaries;

/// <summary>
/// Writes a summary as JSON, for programs: <c>docs/reference/schemas/summary.schema.json</c> is its schema.
/// </summary>
public static class SummaryJson
{
    /// <summary>The version of the shape.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes an indented document to a stream.</summary>
    public static void Write(Stream stream, CollectionDigest collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", SchemaVersion);
        writer.WriteStartObject("total");
        writer.WriteNumber("runbooks", collection.Runbooks.Length);
        writer.WriteNumber("procedures", collection.Procedures);
        writer.WriteNumber("alerts", collection.Alerts);
        writer.WriteNumber("scenarios", collection.Scenarios);
        writer.WriteNumber("humanSteps", collection.HumanSteps);
        Commands(writer, collection.Commands, collection.Inside);
        Parts(writer, collection.Parts);
        Text(writer, collection.Errors, collection.Warnings, collection.Lines, collection.Unrecognised);
        writer.WriteEndObject();
        writer.Array("runbooks", collection.Runbooks, Write);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RunbookDigest runbook)
    {
        writer.WriteString("path", runbook.Path);
        writer.WriteString("title", runbook.Title);
        writer.WriteNumber("procedures", runbook.Procedures);
        writer.WriteNumber("alerts", runbook.Alerts);
        writer.WriteNumber("scenarios", runbook.Scenarios);
        writer.WriteNumber("humanSteps", runbook.HumanSteps);
        Commands(writer, runbook.Commands, runbook.Inside);
        if (runbook.Completeness is { } percent)
        {
            writer.WriteNumber("completenessPercent", percent);
        }

        Parts(writer, runbook.Parts);
        Text(writer, runbook.Errors, runbook.Warnings, runbook.Lines, runbook.Unrecognised);
        writer.Flush();
    }

    private static void Commands(Utf8JsonWriter writer, IReadOnlyList<int> counts, int inside)
    {
        writer.WriteStartObject("commands");
        foreach (var (effect, index) in Enum.GetValues<Effect>().Order().Select((effect, index) => (effect, index)))
        {
            writer.WriteNumber(effect.Name(), counts[index]);
        }

        writer.WriteNumber("inside", inside);
        writer.WriteEndObject();
    }

    private static void Parts(Utf8JsonWriter writer, IEnumerable<PartShare> parts) =>
        writer.Array("parts", parts, static (json, part) =>
        {
            json.WriteString("name", part.Name);
            json.WriteNumber("has", part.Has);
            json.WriteNumber("of", part.Of);
        });

    private static void Text(Utf8JsonWriter writer, int errors, int warnings, int lines, int unrecognised)
    {
        writer.WriteNumber("errors", errors);
        writer.WriteNumber("warnings", warnings);
        writer.WriteNumber("lines", lines);
        writer.WriteNumber("unrecognisedLines", unrecognised);
    }
}
