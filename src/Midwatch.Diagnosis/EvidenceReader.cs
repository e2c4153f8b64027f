using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis;

/// <summary>
/// Reads the members of an evidence file. A missing or wrong one throws, and <see cref="EvidenceJson"/> says so.
/// </summary>
internal static class EvidenceReader
{
    public static EvidenceReading Read(JsonElement root)
    {
        var version = root.GetProperty("schemaVersion").GetInt32();
        if (version != Evidence.CurrentSchemaVersion)
        {
            return new EvidenceReading.Failed(
                $"It has schema version {version}; this Midwatch reads {Evidence.CurrentSchemaVersion}.");
        }

        var runbook = root.GetProperty("runbook");
        return new EvidenceReading.Done(new Evidence
        {
            RunbookPath = Text(runbook, "path"),
            RunbookText = Text(runbook, "text"),
            RunbookHash = Text(runbook, "hash"),
            ProcedureId = Text(root, "procedure"),
            AlertLabels = Labels(root.GetProperty("alertLabels")),
            AlertStartsAt = Time(root, "alertStartsAt"),
            AlertExpression = Enum.Parse<Truth>(Text(root, "alertExpression"), ignoreCase: true),
            TakenAt = Time(root, "takenAt") ?? throw new FormatException("'takenAt' is null."),
            Observations = List(root, "observations", ReadObservation),
            Reads = List(root, "reads", item => new ReadRecord(
                Text(item, "read"), Maybe(item, "namespace"), Maybe(item, "name"), Text(item, "source"),
                Enum.Parse<ReadOutcome>(Text(item, "outcome"), ignoreCase: true), Maybe(item, "reason"))),
            Graph = ReadGraph(root.GetProperty("graph")),
            CommandOutputs = List(root, "commandOutputs", item => new CommandOutput(
                Text(item, "command"), Text(item, "text"),
                item.GetProperty("exitCode") is { ValueKind: JsonValueKind.Number } code ? code.GetInt32() : null,
                Text(item, "output"))),
        });
    }

    private static Observation ReadObservation(JsonElement item) => new()
    {
        Type = ObservationTypes.Default.Find(Text(item, "type"))?.Id
            ?? throw new FormatException($"The observation type '{Text(item, "type")}' is unknown."),
        Subject = ReadSubject(item.GetProperty("subject")),
        Key = Text(item, "key"),
        Value = Text(item, "value"),
        Detail = Text(item, "detail"),
        IsFinding = item.GetProperty("isFinding").GetBoolean(),
        TakenAt = Time(item, "takenAt") ?? throw new FormatException("'takenAt' is null."),
        Since = Time(item, "since"),
        Source = Text(item, "source"),
        Span = item.GetProperty("span") is { ValueKind: JsonValueKind.Object } span
            ? new TextSpan(span.GetProperty("start").GetInt32(), span.GetProperty("length").GetInt32())
            : null,
    };

    private static DependencyGraph ReadGraph(JsonElement graph) => new(
        List(graph, "nodes", item => new GraphNode(
            ReadSubject(item.GetProperty("subject")), Labels(item.GetProperty("labels")),
            Labels(item.GetProperty("podLabels")))),
        List(graph, "edges", item => new GraphEdge(
            ReadSubject(item.GetProperty("from")), ReadSubject(item.GetProperty("to")),
            Text(item, "kind"), Text(item, "why"))));

    private static Subject ReadSubject(JsonElement item) =>
        new(Text(item, "kind"), Maybe(item, "namespace"), Text(item, "name"), Maybe(item, "container"));

    private static ImmutableArray<T> List<T>(JsonElement parent, string name, Func<JsonElement, T> read) =>
        [.. parent.GetProperty(name).EnumerateArray().Select(read)];

    private static ImmutableSortedDictionary<string, string> Labels(JsonElement labels) =>
        labels.EnumerateObject().ToImmutableSortedDictionary(
            label => label.Name, label => label.Value.GetString() ?? "", StringComparer.Ordinal);

    private static string Text(JsonElement item, string name) =>
        item.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    private static string? Maybe(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static DateTimeOffset? Time(JsonElement item, string name) => Maybe(item, name) is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;
}
