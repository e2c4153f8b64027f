using System.Text.Json;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Export;

/// <summary>
/// Writes compiled runbooks as JSON, for programs: <c>docs/reference/schemas/compile.schema.json</c> is its schema.
/// Additions keep the version; anything else raises it.
/// </summary>
public static class CompiledJson
{
    /// <summary>The version of the shape.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes an indented document to a stream.</summary>
    public static void Write(Stream stream, IEnumerable<Runbook> runbooks)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        Write(writer, runbooks);
    }

    /// <summary>Writes the document as one value.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<Runbook> runbooks)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(runbooks);
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", SchemaVersion);
        writer.Array("runbooks", runbooks, Write);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Runbook runbook)
    {
        writer.WriteString("path", runbook.Path);
        writer.WriteString("title", runbook.Title);
        writer.WriteString("hash", runbook.Hash);
        writer.Array("procedures", runbook.Procedures, Write);
        writer.Array("diagnostics", runbook.Diagnostics, Write);
        // Many documents are written as they come, and never all held.
        writer.Flush();
    }

    private static void Write(Utf8JsonWriter writer, RunbookDiagnostic diagnostic)
    {
        writer.WriteString("code", diagnostic.Code);
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

    private static void Write(Utf8JsonWriter writer, Procedure procedure)
    {
        writer.WriteString("id", procedure.Id);
        writer.WriteString("title", procedure.Title);
        writer.WriteString("kind", CompiledTree.Words(procedure.Kind));
        writer.WriteNumber("line", procedure.Line);
        writer.Array("alerts", procedure.Alerts, static (json, alert) =>
        {
            json.WriteString("name", alert.Name);
            json.WriteNumber("line", alert.Line);
            json.Seconds("forSeconds", alert.For);
        });
        writer.Optional("severity", procedure.Severity);
        writer.Optional("threshold", procedure.Threshold);
        writer.Seconds("recoverySeconds", procedure.RecoveryTime);
        writer.WriteStartObject("scope");
        writer.Texts("namespaces", procedure.Scope.Namespaces);
        writer.Array("workloads", procedure.Scope.Workloads, StepJson.Target);
        writer.Texts("selectors", procedure.Scope.Selectors);
        writer.WriteEndObject();
        writer.Array("sections", procedure.Sections, static (json, section) =>
        {
            json.WriteString("phase", CompiledTree.Words(section.Phase));
            json.WriteString("title", section.Title);
            json.WriteNumber("line", section.Line);
            json.WriteString("because", section.Because);
        });
        writer.Array("scenarios", procedure.Scenarios, Write);
        writer.Array("steps", procedure.Steps, StepJson.Write);
        Lists(writer, procedure);
    }

    private static void Lists(Utf8JsonWriter writer, Procedure procedure)
    {
        writer.Array("symptoms", procedure.Symptoms, Write);
        writer.Array("rules", procedure.Rules, static (json, rule) =>
        {
            json.WriteString("observation", rule.Observation);
            json.WriteString("cause", rule.Cause);
            json.WriteBoolean("literal", rule.IsLiteral);
            json.Object("subject", rule.Subject, StepJson.Target);
            json.WriteNumber("line", rule.Line);
        });
        writer.Array("escalations", procedure.Escalations, static (json, escalation) =>
        {
            json.Seconds("afterSeconds", escalation.After);
            json.Optional("from", escalation.From);
            json.Optional("to", escalation.To);
            json.Optional("condition", escalation.Condition);
            json.WriteNumber("line", escalation.Line);
        });
        writer.Array("preventions", procedure.Preventions, static (json, prevention) =>
        {
            json.WriteString("title", prevention.Title);
            json.WriteString("text", prevention.Text);
            json.Optional("yaml", prevention.Yaml);
            json.WriteNumber("line", prevention.Line);
        });
        writer.Array("relatedAlerts", procedure.RelatedAlerts, static (json, alert) =>
        {
            json.WriteString("name", alert.Name);
            json.WriteString("relation", alert.Relation);
            json.WriteNumber("line", alert.Line);
            json.Optional("severity", alert.Severity);
            json.Optional("threshold", alert.Threshold);
            json.Seconds("forSeconds", alert.For);
        });
        writer.Array("facts", procedure.Facts, static (json, fact) =>
        {
            json.WriteString("kind", CompiledTree.Words(fact.Kind));
            json.WriteString("text", fact.Text);
            json.WriteNumber("line", fact.Line);
        });
        writer.Array("links", procedure.Links, static (json, link) =>
        {
            json.WriteString("kind", CompiledTree.Words(link.Kind));
            json.WriteString("text", link.Text);
            json.WriteString("target", link.Target);
            json.Optional("condition", link.Condition);
            json.WriteNumber("line", link.Line);
        });
        var expectations = procedure.Steps.Concat(procedure.Scenarios.SelectMany(scenario => scenario.Steps))
            .SelectMany(step => step.Commands.SelectMany(command => command.Expects).Concat(step.Expects))
            .OrderBy(expectation => expectation.Line);
        writer.Array("expectations", expectations, ExpectationJson.Write);
    }

    private static void Write(Utf8JsonWriter writer, Scenario scenario)
    {
        writer.WriteString("id", scenario.Id);
        writer.WriteString("title", scenario.Title);
        writer.WriteString("heading", scenario.Heading);
        writer.Optional("condition", scenario.Condition);
        writer.WriteNumber("line", scenario.Line);
        writer.Array("hints", scenario.Hints, Write);
        writer.Array("steps", scenario.Steps, StepJson.Write);
    }

    private static void Write(Utf8JsonWriter writer, ScenarioHint hint)
    {
        writer.WriteString("text", hint.Text);
        writer.WriteNumber("line", hint.Line);
    }
}
