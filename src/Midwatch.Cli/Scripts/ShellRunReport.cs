using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Midwatch.Cli.Checking;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Cli.Scripts;

/// <summary>How a script ended; as JSON by <c>docs/reference/schemas/shell-run.schema.json</c>.</summary>
internal sealed record ShellRunReport(ShellOutcome Outcome)
{
    /// <summary>What was kept of standard output; null when it went to the caller's own.</summary>
    internal BoundedCapture? Output { get; init; }

    internal BoundedCapture? Error { get; init; }

    internal int ExitCode => Outcome switch
    {
        ShellOutcome.Exited exited => exited.Status,
        ShellOutcome.Refused => ShellRunVerb.RefusedStatus,
        ShellOutcome.Stopped => ShellRunVerb.StoppedStatus,
        _ => ExitCodes.Interrupted,
    };

    internal ImmutableArray<ShellDiagnostic> Reasons => Outcome switch
    {
        ShellOutcome.Refused refused => refused.Reasons,
        ShellOutcome.Stopped stopped => [stopped.Reason],
        _ => [],
    };

    internal string ToJson(CheckedShell script)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteString("path", script.Path);
            json.WriteString("outcome", Outcome switch
            {
                ShellOutcome.Exited => "exited",
                ShellOutcome.Refused => "refused",
                ShellOutcome.Stopped => "stopped",
                _ => "cancelled",
            });
            json.WriteNumber("status", ExitCode);
            WriteStream(json, "output", Output);
            WriteStream(json, "error", Error);
            WriteReasons(json, script);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void WriteReasons(Utf8JsonWriter json, CheckedShell script)
    {
        json.WriteStartArray("reasons");
        foreach (var reason in Reasons)
        {
            var place = script.Locate(reason.Span.Start);
            json.WriteStartObject();
            json.WriteString("code", reason.Code);
            json.WriteString("message", reason.Message);
            json.WriteString("remedy", reason.Remedy);
            json.WriteNumber("line", place.Line);
            json.WriteNumber("column", place.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStream(Utf8JsonWriter json, string name, BoundedCapture? capture)
    {
        json.WriteStartObject(name);
        json.WriteString("head", Encoding.UTF8.GetString(capture?.Head() ?? []));
        json.WriteNumber("droppedBytes", capture?.DroppedBytes ?? 0);
        json.WriteString("tail", Encoding.UTF8.GetString(capture?.Tail() ?? []));
        json.WriteEndObject();
    }
}
