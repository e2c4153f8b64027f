using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Escalations;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Verification;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents.Tests;

/// <summary>At least one event of every case.</summary>
internal static class EventSamples
{
    public static ImmutableArray<IncidentEvent> All { get; } = [.. Story(), .. Others()];

    private static ImmutableArray<IncidentEvent> Story() => Samples.Run([.. Samples.WholeStory()]).Events;

    private static IEnumerable<IncidentEvent> Others()
    {
        var at = Samples.Start.AddMinutes(10);
        var plan = Samples.Plan(at, Samples.Command("c2", Effect.Destroy, Marks.Disrupts));
        var rule = new EscalationRule(TimeSpan.FromMinutes(15), "alert", "@lead", null, 90);
        return
        [
            new IncidentEvent.IncidentOpened(at, "Front down", null, ["shop"], Samples.Ada),
            new IncidentEvent.AlertRepeated(at, Samples.Alert().Fingerprint, at),
            new IncidentEvent.AlertResolved(at, Samples.Alert().Fingerprint, at, ResolutionSource.Asked,
                "False over 3 series."),
            new IncidentEvent.DiagnosisStarted(at, 2, ["logs"]),
            new IncidentEvent.CommandObserved(at, Samples.Record("c5", CommandEnd.Refused) with
            {
                ExitCode = null, Remark = "It prints secrets.",
                Refusals = [new Refusal("It prints secrets.", 12, 3, "Ask.")],
            }),
            new IncidentEvent.NoFaultFound(at, "Nothing is wrong."),
            new IncidentEvent.Abstained(at, "Two are close.", ["the logs"]),
            new IncidentEvent.ApprovalAsked(at, plan.Seal.Hash, 2, plan.Seal.ExpiresAt),
            new IncidentEvent.ApprovalRefused(at, plan.Seal.Hash, Samples.Bob, "not now"),
            new IncidentEvent.ApprovalExpired(at, plan.Seal.Hash),
            new IncidentEvent.ApprovalVoided(at, plan.Seal.Hash, ["It drifted."]),
            new IncidentEvent.ActionRechecked(at, "a1", RecheckVerdict.Done, "Generation 5."),
            new IncidentEvent.ActionRefused(at, "c2", "aws ecr", [new Refusal("aws is not installed.", 171, 1)]),
            new IncidentEvent.SettlingBroken(at, ["pods: one is not ready"]),
            new IncidentEvent.RecoveryProven(at, "Everything held for 120 s."),
            new IncidentEvent.RecoveryNotProven(at, ["pods: one is not ready"]),
            new IncidentEvent.ScenarioStruckOut(at, "s1", "Scenario 1", "Recovery was not proven."),
            new IncidentEvent.EscalationClockStarted(at,
                new EscalationClock("clock-1", rule, "the alert", at.AddMinutes(15))),
            new IncidentEvent.Escalated(at, "15 minutes have passed.", ["@lead"], "clock-1"),
            new IncidentEvent.HandedOver(at, "A person goes on."),
            new IncidentEvent.IncidentClosed(at, IncidentOutcome.NotHealed, "A person goes on."),
            new IncidentEvent.PostmortemWritten(at, "postmortem.md", "h"),
            new IncidentEvent.NoteAdded(at, "ada", "I looked at the graph."),
            new IncidentEvent.VerificationChecked(at,
                Samples.Check("told", CheckVerdict.CouldNotTell) with { IsForPeople = true }),
        ];
    }
}
