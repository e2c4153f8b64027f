using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Events;

namespace Midwatch.Engine.Postmortems;

/// <summary>Every command with what it printed, in the order in which they ended.</summary>
internal static class CommandSection
{
    private const int OutputCharactersMost = 4_000;

    public static void Write(MarkdownText text, ImmutableArray<IncidentEvent> events)
    {
        text.Heading(2, "Commands and their outputs");
        var records = events.Select(Record).OfType<CommandRecord>().ToImmutableArray();
        if (records.IsEmpty)
        {
            text.Line("None ran.");
        }

        foreach (var record in records)
        {
            One(text, record);
        }
    }

    private static CommandRecord? Record(IncidentEvent happened) => happened switch
    {
        IncidentEvent.CommandObserved e => e.Command,
        IncidentEvent.ActionFinished e => e.Outcome.Record,
        _ => null,
    };

    private static void One(MarkdownText text, CommandRecord record)
    {
        var line = record.Line > 0
            ? string.Create(CultureInfo.InvariantCulture, $", line {record.Line}")
            : string.Empty;
        text.Heading(3, $"{record.StepTitle}{line}");
        text.Line(
            $"{MarkdownText.Time(record.StartedAt)}, {Timeline.Ending(record)}, {MarkdownText.Duration(record.Took)}");
        text.Fence(record.Text, "bash");
        if (record.Remark is { } remark)
        {
            text.Line(MarkdownText.Inline(remark)).Blank();
        }

        text.Items(record.Refusals.Select(refusal => string.Create(
            CultureInfo.InvariantCulture, $"line {refusal.Line}, column {refusal.Column}: {refusal.Reason}")));
        if (record.Output.Length > 0)
        {
            text.Fence(Shorten(record.Output), "text");
        }

        if (record.OutputShortened || record.Output.Length > OutputCharactersMost)
        {
            text.Line("(shortened; the journal and the evidence file hold more)");
        }
    }

    private static string Shorten(string output) => output.Length <= OutputCharactersMost
        ? output
        : $"{output[..(OutputCharactersMost / 2)]}\n…\n{output[^(OutputCharactersMost / 2)..]}";
}
