using System.Text.Json;
using Midwatch.Diagnosis.Data;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis;

/// <summary>Writes and reads <c>evidence.schema.json</c>.</summary>
public static class EvidenceJson
{
    /// <summary>Writes indented JSON that ends with a line feed; members always come in the same order.</summary>
    public static string Write(Evidence evidence) => JsonFile.Write(json =>
    {
        json.WriteNumber("schemaVersion", Evidence.CurrentSchemaVersion);
        json.WriteStartObject("runbook");
        json.WriteString("path", evidence.RunbookPath);
        json.WriteString("hash", evidence.RunbookHash);
        json.WriteString("text", evidence.RunbookText);
        json.WriteEndObject();
        json.WriteString("procedure", evidence.ProcedureId);
        json.WriteLabels("alertLabels", evidence.AlertLabels);
        json.WriteTime("alertStartsAt", evidence.AlertStartsAt);
        json.WriteString("alertExpression", evidence.AlertExpression.Camel());
        json.WriteTime("takenAt", evidence.TakenAt);
        json.WriteList("observations", evidence.Observations, json.WriteObservation);
        json.WriteList("reads", evidence.Reads, read => WriteRead(json, read));
        json.WriteStartObject("graph");
        json.WriteList("nodes", evidence.Graph.Nodes, node =>
        {
            json.WriteSubject("subject", node.Subject);
            json.WriteLabels("labels", node.Labels);
            json.WriteLabels("podLabels", node.PodLabels);
        });
        json.WriteList("edges", evidence.Graph.Edges, edge =>
        {
            json.WriteSubject("from", edge.From);
            json.WriteSubject("to", edge.To);
            json.WriteString("kind", edge.Kind);
            json.WriteString("why", edge.Why);
        });
        json.WriteEndObject();
        json.WriteList("commandOutputs", evidence.CommandOutputs, output =>
        {
            json.WriteString("command", output.CommandId);
            json.WriteString("text", output.Text);
            if (output.ExitCode is { } code)
            {
                json.WriteNumber("exitCode", code);
            }
            else
            {
                json.WriteNull("exitCode");
            }

            json.WriteString("output", output.Output);
        });
    });

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static EvidenceReading Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return EvidenceReader.Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            return new EvidenceReading.Failed(
                $"It is not JSON: {exception.Message} Make one with 'midwatch diagnose RUNBOOK --save FILE'.");
        }
        catch (Exception exception)
            when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new EvidenceReading.Failed(
                $"It is not an evidence file: {exception.Message} Make one with 'midwatch diagnose RUNBOOK --save FILE'.");
        }
    }

    private static void WriteRead(Utf8JsonWriter json, ReadRecord read)
    {
        json.WriteString("read", read.Read);
        json.WriteString("namespace", read.Namespace);
        json.WriteString("name", read.Name);
        json.WriteString("source", read.Source);
        json.WriteString("outcome", read.Outcome.Camel());
        json.WriteString("reason", read.Reason);
    }
}
