using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Export;

namespace Midwatch.Runbooks.Lint.Reports;

/// <summary>Findings as SARIF 2.1.0 (OASIS), for code scanning services.</summary>
public static class SarifReport
{
    private const string Schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>Writes a log of one run.</summary>
    /// <param name="version">The version of Midwatch.</param>
    public static void Write(Stream stream, ImmutableArray<Finding> findings, CodeCatalogue catalogue, string version)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var used = findings.Select(finding => finding.Diagnostic.Code).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<LintCode> rules = [.. catalogue.Codes.Where(code => used.Contains(code.Id))];
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("$schema", Schema);
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        Tool(writer, rules, version);
        // SARIF counts columns in UTF-16 code units unless told otherwise; it is told, to be plain.
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.Array("results", findings, (each, finding) => Result(each, finding, rules));
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Tool(Utf8JsonWriter writer, ImmutableArray<LintCode> rules, string version)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "midwatch");
        writer.WriteString("semanticVersion", version);
        writer.Array("rules", rules, (each, rule) =>
        {
            each.WriteString("id", rule.Id);
            each.WriteString("name", Pascal(rule.Name));
            Message(each, "shortDescription", rule.Title);
            Message(each, "help", $"'midwatch lint --explain {rule.Id}' tells more: {rule.Page}");
            each.WriteStartObject("defaultConfiguration");
            each.WriteBoolean("enabled", rule.IsOn);
            each.WriteString("level", Level(rule.Severity));
            each.WriteEndObject();
        });
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter writer, Finding finding, ImmutableArray<LintCode> rules)
    {
        var diagnostic = finding.Diagnostic;
        writer.WriteString("ruleId", diagnostic.Code);
        writer.WriteNumber("ruleIndex", rules.ToList().FindIndex(rule => rule.Id == diagnostic.Code));
        writer.WriteString("level", Level(diagnostic.Severity));
        Message(writer, "message", diagnostic.Remedy is { } remedy ? $"{diagnostic.Message} {remedy}"
            : diagnostic.Message);
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", Address(finding.Path));
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", diagnostic.Span.Line);
        writer.WriteNumber("startColumn", diagnostic.Span.Column);
        writer.WriteNumber("endLine", Math.Max(diagnostic.Span.Line, diagnostic.Span.EndLine));
        writer.WriteNumber("endColumn", Math.Max(1, diagnostic.Span.EndColumn));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void Message(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    /// <summary>A path as a URI reference: absolute ones become <c>file:</c> addresses.</summary>
    private static string Address(string path)
    {
        var parts = string.Join('/', path.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
        return path.StartsWith('/') ? $"file://{parts}" : parts;
    }

    private static string Pascal(string name) =>
        string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
