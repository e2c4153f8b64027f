using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Midwatch.Shell.Syntax;

namespace Midwatch.Cli.Checking;

/// <summary>Writes what was found by <c>docs/reference/schemas/shell-check.schema.json</c>.</summary>
internal static class ShellCheckJson
{
    internal static string Write(ImmutableArray<CheckedShell> shells)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteStartArray("files");
            foreach (var shell in shells)
            {
                WriteFile(json, shell);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteFile(Utf8JsonWriter json, CheckedShell shell)
    {
        json.WriteStartObject();
        json.WriteString("path", shell.Path);
        json.WriteBoolean("sound", shell.Result.IsSound);
        json.WriteNumber("commands", shell.Commands);
        json.WriteStartArray("placeholders");
        foreach (var placeholder in shell.Placeholders)
        {
            json.WriteStartObject();
            json.WriteString("name", placeholder.Name);
            json.WriteString("style", JsonNamingPolicy.CamelCase.ConvertName(placeholder.Style.ToString()));
            WritePlace(json, shell, placeholder.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notRun");
        foreach (var (line, kind) in shell.NotRun)
        {
            json.WriteStartObject();
            json.WriteNumber("line", line);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteDiagnostics(json, shell);
        json.WriteEndObject();
    }

    private static void WriteDiagnostics(Utf8JsonWriter json, CheckedShell shell)
    {
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in shell.Result.Diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("code", diagnostic.Code);
            json.WriteString("message", diagnostic.Message);
            json.WriteString("remedy", diagnostic.Remedy);
            WritePlace(json, shell, diagnostic.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, CheckedShell shell, SourceSpan span)
    {
        var (start, end) = (shell.Locate(span.Start), shell.Locate(span.End));
        json.WriteNumber("line", start.Line);
        json.WriteNumber("column", start.Column);
        json.WriteNumber("endLine", end.Line);
        json.WriteNumber("endColumn", end.Column);
    }
}
