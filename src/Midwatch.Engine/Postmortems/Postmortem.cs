using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Incidents;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Events;

namespace Midwatch.Engine.Postmortems;

/// <summary>Writes an incident down for people, from its events alone: the same events give the same text.</summary>
public static class Postmortem
{
    /// <summary>Writes Markdown that ends with a line feed. Times are UTC.</summary>
    public static string Write(IncidentId incident, ImmutableArray<IncidentEvent> events)
    {
        var state = IncidentState.Fold(events);
        var text = new MarkdownText();
        Head(text, incident, state);
        Summary(text, state, events);
        Impact(text, state);
        Times(text, events);
        var called = new AlertCalling(state.Alerts.Select(each => each.Alert));
        text.Heading(2, "Timeline (UTC)");
        text.Table(["Time", "What"], events.Select(e => new[]
        {
            MarkdownText.Time(e.At), MarkdownText.Inline(Timeline.Describe(e, called)),
        }));
        DiagnosisSection.Write(text, events);
        PlanSection.Write(text, state, events);
        CommandSection.Write(text, events);
        ProofSection.Write(text, state);
        FollowUps(text, state);
        Reproduce(text, incident, state, events);
        return text.ToString();
    }

    private static void Head(MarkdownText text, IncidentId incident, IncidentState state)
    {
        text.Heading(1, $"Post-mortem {incident}: {state.Title}");
        text.Line(state.IsHealed ? $"**Outcome: {Word(state.Outcome)}.**" : $"**Outcome: {Word(state.Outcome)}.** ⚠");
        if (state.HandedOver is { } reason)
        {
            text.Blank().Line(MarkdownText.Inline(reason));
        }

        text.Table(["", ""], Facts(state).Select(fact => new[] { fact.Name, fact.Value }));
    }

    private static IEnumerable<(string Name, string Value)> Facts(IncidentState state)
    {
        var called = new AlertCalling(state.Alerts.Select(each => each.Alert));
        foreach (var alert in state.Alerts)
        {
            var name = alert.Role == AlertRole.Opening ? "Alert" : "Related alert";
            var end = alert.ResolvedAt is { } at ? $"resolved {MarkdownText.Time(at)}" : "still firing";
            yield return (name, $"{MarkdownText.Inline(called.Of(alert.Alert))}, "
                + $"firing since {MarkdownText.Time(alert.FiringSince)}, {end}");
        }

        if (state.Procedure is { } procedure)
        {
            yield return ("Runbook", string.Create(
                CultureInfo.InvariantCulture,
                $"{MarkdownText.Code(procedure.RunbookPath)} line {procedure.Line}, SHA-256 {procedure.RunbookHash}"));
        }

        if (state.Cluster is { } cluster)
        {
            yield return ("Cluster",
                MarkdownText.Inline(cluster.Server) + (cluster.IsLocal ? " (local cluster)" : string.Empty));
        }

        yield return ("Opened", state.OpenedAt is { } opened ? MarkdownText.Time(opened) : "never");
        yield return ("Closed", state.ClosedAt is { } closed ? MarkdownText.Time(closed) : "still open");
    }

    private static void Summary(MarkdownText text, IncidentState state, ImmutableArray<IncidentEvent> events)
    {
        text.Heading(2, "Summary");
        var ranked = events.OfType<IncidentEvent.ScenariosRanked>().LastOrDefault()?.Ranking;
        var chosen = ranked?.Scenarios.FirstOrDefault(scenario => scenario.Id == ranked.Chosen);
        var lines = new List<string>
        {
            state.OpenedBy is { } by ? $"{by} opened the incident by hand." : $"{state.Title} fired.",
        };
        if (chosen is not null)
        {
            lines.Add($"The evidence chose \"{chosen.Heading}\". {ranked?.Reason}");
        }

        var done = state.Actions.Where(action => action.IsDone).Select(action => $"\"{action.Intent.Text}\"").ToArray();
        lines.Add(done.Length == 0 ? "Nothing was changed." : $"Changed: {string.Join(", then ", done)}.");
        lines.Add(events.OfType<IncidentEvent.IncidentClosed>().LastOrDefault()?.Reason ?? "It is not closed.");
        text.Items(lines);
    }

    private static void Impact(MarkdownText text, IncidentState state)
    {
        if (state.Procedure is { Impact.Length: > 0 } procedure)
        {
            text.Heading(2, "Impact").Line("As the runbook says:").Quote(procedure.Impact);
        }
    }

    private static void Times(MarkdownText text, ImmutableArray<IncidentEvent> events)
    {
        var times = IncidentTimes.Of(events);
        text.Heading(2, "Times");
        text.Table(
            ["What", "How long", "From", "To"],
            [
                Row("Detect", times.AlertStarted, "the alert fired at its source", times.Received, "it was taken in"),
                Row("Diagnose", times.Received, "the alert was taken in", times.Diagnosed, "the ranking stood"),
                ["Approve", MarkdownText.Duration(times.WaitedForPeople), "people were asked", "they had answered"],
                Row("Act", times.Diagnosed, "the ranking stood", times.Acted, "the first action began"),
                Row("Recover", times.Received, "the alert was taken in", times.Held,
                    "everything held, and went on to hold"),
                Row("Prove", times.Held, "everything held", times.Proven, "it had held for the settling window"),
            ]);
    }

    private static string[] Row(string name, DateTimeOffset? from, string start, DateTimeOffset? to, string end) =>
        [name, from is { } a && to is { } b
            ? MarkdownText.Duration(b > a ? b - a : TimeSpan.Zero)
            : "not reached", start, end];

    private static void FollowUps(MarkdownText text, IncidentState state)
    {
        text.Heading(2, "Follow-ups");
        if (state.Procedure is not { FollowUps: { IsEmpty: false } followUps })
        {
            text.Line("The runbook names none.");
            return;
        }

        foreach (var section in followUps.GroupBy(item => item.Origin))
        {
            text.Blank().Line($"From the runbook's \"{MarkdownText.Inline(section.Key)}\":").Blank();
            text.Items(
                section.Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Text} (line {item.Line})")),
                "- [ ] ");
        }
    }

    private static void Reproduce(
        MarkdownText text, IncidentId incident, IncidentState state, ImmutableArray<IncidentEvent> events)
    {
        text.Heading(2, "How to reproduce");
        var evidence = events.OfType<IncidentEvent.EvidenceTaken>().LastOrDefault()?.Evidence.Path;
        if (evidence is null || state.Procedure is not { } procedure)
        {
            text.Line($"No evidence was taken for {incident}: there is no decision to repeat.");
            return;
        }

        text.Line("The same evidence gives the same decision, byte for byte:")
            .Fence(
                $"midwatch diagnose --from {evidence}\nmidwatch diagnose --from {evidence} --runbook OTHER.md", "bash")
            .Line($"The evidence holds the text of {MarkdownText.Code(procedure.RunbookPath)} as it was.");
    }

    private static string Word(IncidentOutcome? outcome) => outcome switch
    {
        IncidentOutcome.Recovered => "recovered, and proven",
        IncidentOutcome.ResolvedByItself => "well again by itself, and proven; nothing was changed",
        IncidentOutcome.NoFault => "no fault found; nothing was changed",
        IncidentOutcome.HandedToHuman => "NOT HEALED, handed to a person; nothing was changed",
        IncidentOutcome.NotHealed => "NOT HEALED, although something was changed; a person has to go on",
        _ => "STILL OPEN",
    };
}
