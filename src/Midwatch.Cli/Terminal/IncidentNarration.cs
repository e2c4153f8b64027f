using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Verification;

namespace Midwatch.Cli.Terminal;

/// <summary>Tells an incident to a person, event by event, as it happens.</summary>
internal sealed class IncidentNarration(Screen screen)
{
    private readonly RankingView _rankings = new(screen);
    private readonly PlanView _plans = new(screen);
    private readonly CommandRecordView _commands = new(screen);
    private readonly Dictionary<string, Alert> _alerts = new(StringComparer.Ordinal);
    private DateTimeOffset? _openedAt;

    internal void Tell(IncidentEvent happened)
    {
        switch (happened)
        {
            case IncidentEvent.IncidentOpened or IncidentEvent.AlertReceived or IncidentEvent.AlertResolved
                or IncidentEvent.ProcedureFound or IncidentEvent.DiagnosisStarted:
                TellBeginning(happened);
                break;
            case IncidentEvent.CommandObserved observed:
                _commands.Show(observed.Command);
                break;
            case IncidentEvent.EvidenceTaken taken:
                screen.Line();
                _rankings.Show(taken.Evidence);
                break;
            case IncidentEvent.ScenariosRanked ranked:
                screen.Line();
                _rankings.Show(ranked.Ranking);
                break;
            case IncidentEvent.PlanProposed proposed:
                Heading(happened, "Plan");
                _plans.Show(proposed.Plan);
                break;
            case IncidentEvent.ActionIntended or IncidentEvent.ActionFinished or IncidentEvent.ActionRefused
                or IncidentEvent.ApprovalGiven or IncidentEvent.ApprovalRefused or IncidentEvent.ApprovalVoided
                or IncidentEvent.ApprovalExpired or IncidentEvent.StepHandedToHuman:
                TellAction(happened);
                break;
            default:
                TellEnd(happened);
                break;
        }
    }

    private void TellBeginning(IncidentEvent happened)
    {
        switch (happened)
        {
            case IncidentEvent.IncidentOpened opened:
                _openedAt = opened.At;
                Heading(happened, $"Incident: {opened.Title}");
                break;
            case IncidentEvent.AlertReceived received:
                _alerts[received.Alert.Fingerprint] = received.Alert;
                Say(Ink.Red, "alert",
                    $"{Called(received.Alert.Fingerprint)} fires since {received.Alert.StartsAt:HH:mm:ss} UTC ({received.Reason})");
                break;
            case IncidentEvent.AlertResolved resolved:
                Say(Ink.Green, "alert", $"{Called(resolved.Fingerprint)} "
                    + $"is resolved: {resolved.Reason}");
                break;
            case IncidentEvent.ProcedureFound found:
                Say(Ink.Cyan, "runbook", $"{found.Procedure.Title} ({found.Why})");
                break;
            case IncidentEvent.DiagnosisStarted { Reads.IsEmpty: true } started:
                Heading(happened, started.Round == 1 ? "Diagnosis" : $"Diagnosis, round {started.Round}");
                break;
            case IncidentEvent.DiagnosisStarted started:
                Heading(happened, $"Diagnosis, round {started.Round}: looking at {string.Join(", ", started.Reads)}");
                break;
        }
    }

    /// <summary>By its name, and by the labels that tell it from those of the same name told of so far.</summary>
    private string Called(string fingerprint) => new AlertCalling(_alerts.Values).Of(fingerprint) ?? fingerprint;

    private void TellAction(IncidentEvent happened)
    {
        switch (happened)
        {
            case IncidentEvent.ApprovalGiven given:
                Say(Ink.Green, "approved", $"by {given.By.User} ({given.Method}), seal {Seal.Shown(given.Seal)}");
                Heading(happened, "Acting");
                break;
            case IncidentEvent.ApprovalRefused refused:
                Say(Ink.Yellow, "refused", $"by {refused.By.User}: {refused.Reason}");
                break;
            case IncidentEvent.ApprovalVoided voided:
                Say(Ink.Yellow, "voided", string.Join(" ", voided.Reasons));
                break;
            case IncidentEvent.ApprovalExpired:
                Say(Ink.Yellow, "expired", "nobody answered in time");
                break;
            case IncidentEvent.ActionIntended intended:
                screen.Line($"  {screen.Paint(Ink.Magenta, "▶")} {Layout.Cut(intended.Intent.Text, Layout.Width - 4)}");
                break;
            case IncidentEvent.ActionFinished finished:
                _commands.Show(finished.Outcome.Record);
                break;
            case IncidentEvent.ActionRefused refused:
                screen.Line(
                    $"  {screen.Paint(Ink.Yellow, "✗")} refused before anything runs: {Layout.Cut(refused.Text, Layout.Width - 32)}");
                _commands.Show(refused.Refusals, 6);
                break;
            case IncidentEvent.StepHandedToHuman handed:
                Say(Ink.Yellow, "for you", $"{handed.Step.Title} (line {handed.Step.Line})");
                break;
        }
    }

    private void TellEnd(IncidentEvent happened)
    {
        switch (happened)
        {
            case IncidentEvent.VerificationStarted:
                Heading(happened, "Verification");
                break;
            case IncidentEvent.VerificationChecked { Check: var check }:
                TellCheck(check);
                break;
            case IncidentEvent.SettlingStarted settling:
                Say(Ink.Cyan, "settling", $"everything holds; it has to hold until {settling.Until:HH:mm:ss} UTC");
                break;
            case IncidentEvent.SettlingBroken broken:
                Say(Ink.Yellow, "settling", "broken: " + string.Join(" ", broken.Reasons));
                break;
            case IncidentEvent.RecoveryProven proven:
                Say(Ink.Green, "proven", proven.Reason);
                break;
            case IncidentEvent.RecoveryNotProven unproven:
                Say(Ink.Red, "unproven", string.Join(" ", unproven.Reasons));
                break;
            case IncidentEvent.ScenarioStruckOut struck:
                Say(Ink.Yellow, "struck", $"{struck.Heading}: {struck.Reason}");
                break;
            case IncidentEvent.EscalationClockStarted:
                break;
            case IncidentEvent.Escalated escalated:
                Say(Ink.Red, "escalate", $"{escalated.Reason} To: {string.Join(", ", escalated.To)}");
                break;
            case IncidentEvent.HandedOver handed:
                Say(Ink.Yellow, "for you", handed.Reason);
                break;
            case IncidentEvent.NoFaultFound none:
                Say(Ink.Green, "no fault", none.Reason);
                break;
            case IncidentEvent.Abstained abstained:
                Say(Ink.Yellow, "not done", abstained.Reason);
                break;
            case IncidentEvent.NoteAdded note:
                Say(Ink.Dim, "note", $"{note.By}: {note.Text}");
                break;
            case IncidentEvent.IncidentClosed closed:
                TellClosing(closed);
                break;
        }
    }

    private void TellCheck(CheckResult check)
    {
        var (ink, mark) = check switch
        {
            { Verdict: CheckVerdict.Met } => (Ink.Green, "✓"),
            { IsForPeople: true } => (Ink.Cyan, "☞"),
            { Verdict: CheckVerdict.Unmet } => (Ink.Red, "✗"),
            _ => (Ink.Yellow, "?"),
        };
        var place = check.Line > 0 ? $" (line {check.Line})" : string.Empty;
        screen.Line($"  {screen.Paint(ink, mark)} {Layout.Wrap($"{check.Title}{place}: {check.Reason}", 4)}");
    }

    private void TellClosing(IncidentEvent.IncidentClosed closed)
    {
        var well = closed.Outcome is IncidentOutcome.Recovered or IncidentOutcome.ResolvedByItself;
        var word = closed.Outcome switch
        {
            IncidentOutcome.Recovered => "RECOVERED",
            IncidentOutcome.ResolvedByItself => "RESOLVED BY ITSELF",
            IncidentOutcome.NoFault => "NO FAULT FOUND",
            IncidentOutcome.HandedToHuman => "NOT HEALED: handed to a person",
            _ => "NOT HEALED",
        };
        screen.Line();
        screen.Line(
            $"{screen.Paint(well ? Ink.Green : Ink.Red, screen.Paint(Ink.Bold, word))}  {Layout.Wrap(closed.Reason, 4)}");
    }

    private void Heading(IncidentEvent happened, string title)
    {
        var since = _openedAt is { } opened ? $"  +{Layout.Seconds(happened.At - opened)}" : string.Empty;
        screen.Line();
        screen.Line(screen.Paint(Ink.Bold, title) + screen.Paint(Ink.Dim, since));
    }

    private void Say(Ink ink, string label, string text) =>
        screen.Line($"  {screen.Paint(ink, label.PadRight(9))} {Layout.Wrap(text, 12)}");
}
