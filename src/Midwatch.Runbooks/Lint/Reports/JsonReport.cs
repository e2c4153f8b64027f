using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Export;

namespace Midwatch.Runbooks.Lint.Reports;

/// <summary>
/// Findings for programs: <c>docs/reference/schemas/lint.schema.json</c>. Additions keep the version.
/// </summary>
public static class JsonReport
{
    /// <summary>The version of the shape.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes an indented document.</summary>
    public static void Write(Stream stream, ImmutableArray<Finding> findings, LintTally tally, CodeCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(tally);
        ArgumentNullException.ThrowIfNull(catalogue);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", SchemaVersion);
        writer.Array("findings", findings, (each, finding) => Write(each, finding, catalogue));
        writer.WriteStartObject("tally");
        writer.WriteNumber("files", tally.Files);
        writer.WriteNumber("errors", tally.Errors);
        writer.WriteNumber("warnings", tally.Warnings);
        writer.WriteNumber("notes", tally.Notes);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Finding finding, CodeCatalogue catalogue)
    {
        var diagnostic = finding.Diagnostic;
        writer.WriteString("path", finding.Path);
        writer.WriteString("code", diagnostic.Code);
        writer.WriteString("name", catalogue.Find(diagnostic.Code)?.Name ?? diagnostic.Code);
        writer.WriteString("severity", diagnostic.Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "note",
        });
        writer.WriteString("message", diagnostic.Message);
        writer.Optional("remedy", diagnostic.Remedy);
        writer.Span(diagnostic.Span);
    }
}
