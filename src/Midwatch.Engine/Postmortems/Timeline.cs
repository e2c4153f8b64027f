using System.Diagnostics;
using System.Globalization;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;

namespace Midwatch.Engine.Postmortems;

/// <summary>Says each event of an incident in one sentence, for the post-mortem and for whoever follows.</summary>
public static class Timeline
{
    /// <summary>Says one event in plain text; commands and outputs come along in short.</summary>
    /// <param name="called">What the alerts of the incident are called; null where only their names are known.</param>
    public static string Describe(IncidentEvent happened, AlertCalling? called = null) => happened switch
    {
        IncidentEvent.IncidentOpened { By: { } by } e => $"{by} opened an incident: {e.Title}.",
        IncidentEvent.IncidentOpened e => $"Incident opened: {e.Title}{Severity(e.Severity)}.",
        IncidentEvent.AlertReceived e => $"Alert {called?.Of(e.Alert) ?? e.Alert.Name} received. {e.Reason}",
        IncidentEvent.AlertRepeated e => called?.Of(e.Fingerprint) is { } name
            ? $"Alert {name} fired again." : "An alert of the incident fired again.",
        IncidentEvent.AlertResolved e => $"Alert{(called?.Of(e.Fingerprint) is { } name ? $" {name}" : "")} resolved: "
            + (e.Source == ResolutionSource.Asked ? e.Reason : "its source said so."),
        IncidentEvent.ClusterBound e => $"Bound to the cluster {e.Cluster.Server}.",
        IncidentEvent.ProcedureFound e => $"Runbook found: {e.Procedure.RunbookPath}, {e.Procedure.Title}. {e.Why}",
        IncidentEvent.NoteAdded e => $"{e.By}: {e.Text}",
        IncidentEvent.EscalationClockStarted e =>
            $"Escalation clock of line {Number(e.Clock.Rule.Line)} started by {e.Clock.StartedBy}; due {Clock(e.Clock.DueAt)}.",
        IncidentEvent.Escalated e => $"Escalated to {string.Join(", ", e.To)}: {e.Reason}",
        IncidentEvent.HandedOver e => $"Handed to a person: {e.Reason}",
        IncidentEvent.IncidentClosed e => $"Closed: {e.Reason}",
        IncidentEvent.PostmortemWritten e => $"Post-mortem written: {e.Path}",
        _ => OfDiagnosis(happened) ?? OfPlan(happened) ?? OfProof(happened)
            ?? throw new UnreachableException($"No words for {happened.GetType().Name}."),
    };

    private static string? OfDiagnosis(IncidentEvent happened) => happened switch
    {
        IncidentEvent.DiagnosisStarted { Reads.IsEmpty: false } e =>
            $"Looked again (pass {Number(e.Round)}) for: {string.Join("; ", e.Reads)}.",
        IncidentEvent.DiagnosisStarted e => $"Diagnosis started (pass {Number(e.Round)}).",
        IncidentEvent.CommandObserved e => $"{Ending(e.Command)}: {MarkdownText.FirstLine(e.Command.Text)}",
        IncidentEvent.EvidenceTaken e => $"Evidence taken: {Number(e.Evidence.Observations)} observations.",
        IncidentEvent.ScenariosRanked { Ranking: { Scenarios: [var first, ..] } ranking }
            when first.Id == ranking.Chosen =>
            $"Ranked: {first.Heading} ({Number(first.Low)}–{Number(first.High)}). {ranking.Reason}",
        IncidentEvent.ScenariosRanked e => $"Ranked: {e.Ranking.Sentence}",
        IncidentEvent.NoFaultFound e => $"No fault found: {e.Reason}",
        IncidentEvent.Abstained e => $"Nothing is done: {e.Reason}",
        _ => null,
    };

    private static string? OfPlan(IncidentEvent happened) => happened switch
    {
        IncidentEvent.PlanProposed e =>
            $"Plan proposed: {e.Plan.Draft.Heading}, {Number(e.Plan.Commands.Length)} commands,"
            + $" seal {Seal.Shown(e.Plan.Seal.Hash)}.",
        IncidentEvent.ApprovalAsked e => $"Approval asked of {People(e.Needed)}, until {Clock(e.Until)}.",
        IncidentEvent.ApprovalGiven { Method: ApprovalMethod.YesOption } e =>
            $"Approved by {e.By} with --yes (seal {Seal.Shown(e.Seal)}).",
        IncidentEvent.ApprovalGiven e => $"Approved by {e.By} (seal {Seal.Shown(e.Seal)}).",
        IncidentEvent.ApprovalRefused e => $"{e.By} said no: {e.Reason}",
        IncidentEvent.ApprovalExpired => "Nobody approved in time.",
        IncidentEvent.ApprovalVoided e => $"The approval is void: {string.Join(' ', e.Reasons)}",
        IncidentEvent.ActionIntended e => $"Action {e.Intent.Action} begins: {MarkdownText.FirstLine(e.Intent.Text)}",
        IncidentEvent.ActionFinished e => $"Action {e.Action}: {Ending(e.Outcome.Record)} after "
            + $"{MarkdownText.Duration(e.Outcome.Record.Took)}.",
        IncidentEvent.ActionRechecked e => $"Action {e.Action} was looked at again: {Word(e.Verdict)}. {e.Reason}",
        IncidentEvent.ActionRefused e =>
            $"Refused before anything runs: {MarkdownText.FirstLine(e.Text)} "
            + $"({string.Join(' ', e.Refusals.Select(r => r.Reason))})",
        IncidentEvent.StepHandedToHuman e => $"For a person: {e.Step.Title} (line {Number(e.Step.Line)}).",
        IncidentEvent.ScenarioStruckOut e => $"{e.Heading} is not tried again: {e.Reason}",
        _ => null,
    };

    private static string? OfProof(IncidentEvent happened) => happened switch
    {
        IncidentEvent.VerificationStarted e => $"Verification started; everything has to hold for "
            + $"{MarkdownText.Duration(e.Settling)}.",
        IncidentEvent.VerificationChecked e => $"Check {Word(e.Check.Verdict)}: {e.Check.Title} — {e.Check.Reason}",
        IncidentEvent.SettlingStarted e => $"Everything holds; it has to until {Clock(e.Until)}.",
        IncidentEvent.SettlingBroken e => $"Something does not hold any more: {string.Join("; ", e.Reasons)}",
        IncidentEvent.RecoveryProven e => $"Recovery proven. {e.Reason}",
        IncidentEvent.RecoveryNotProven e => $"Recovery NOT proven: {string.Join("; ", e.Reasons)}",
        _ => null,
    };

    internal static string Ending(CommandRecord record) => record.End switch
    {
        CommandEnd.Succeeded => "ran",
        CommandEnd.Failed => $"ended with status {record.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "?"}",
        CommandEnd.TimedOut => "reached its time limit",
        CommandEnd.Refused => "refused",
        CommandEnd.AskedAnotherWay => "asked another way",
        CommandEnd.LeftOut => "left out",
        _ => throw new UnreachableException($"Ending {record.End}"),
    };

    internal static string Word(Midwatch.Incidents.Verification.CheckVerdict verdict) => verdict switch
    {
        Midwatch.Incidents.Verification.CheckVerdict.Met => "met",
        Midwatch.Incidents.Verification.CheckVerdict.Unmet => "unmet",
        _ => "could not tell",
    };

    private static string Word(RecheckVerdict verdict) => verdict switch
    {
        RecheckVerdict.Done => "it was done",
        RecheckVerdict.NotDone => "it was not done",
        _ => "it could not be told",
    };

    private static string Severity(string? severity) => severity is null ? string.Empty : $" ({severity})";

    private static string People(int count) => count == 1 ? "one person" : $"{Number(count)} people";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset at) =>
        at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
