using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// What a procedure should have and has not: a proof of recovery (MW3002), somebody to call (MW3003), a way back
/// (MW3004). Reported once a document: runbooks of one document share them.
/// </summary>
internal sealed partial class CompletenessCheck : DocumentCheck
{
    private static readonly WordSign Verification = new("verification");
    private static readonly WordSign WayBack = new("way-back");

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        var acting = Acting(document).ToList();
        var handles = document.Runbook.Procedures.FirstOrDefault(each => document.Naming.IsRunbook
            ? each.Kind is ProcedureKind.Alert or ProcedureKind.Failure
            : document.Naming is { IsRecord: false, IsTemplate: false }
                && each.Kind == ProcedureKind.Alert && each.Alerts.Any(alert => document.States(each, alert)));
        if (handles is not null && acting.Count > 0 && !HasVerification(document, acting[0].Span.Line))
        {
            yield return new Report("MW3002", document.SpanOf(handles.Line),
                "It mends something, and nowhere says how to see that it is mended.",
                "Add a section 'Verification' with the commands that prove it, and what they should show.");
        }

        if (handles is not null && !document.Steps.IsEmpty && (handles.Kind == ProcedureKind.Alert || acting.Count > 0)
            && !HasEscalation(document))
        {
            yield return new Report("MW3003", document.SpanOf(handles.Line),
                "It nowhere says whom to call, or when, if nothing helps.",
                "Add a section 'Escalation': after how long, and to whom.");
        }

        var risky = acting.FirstOrDefault(command => IsRollOut(command) && !document.IsInProse(command));
        if (risky is not null && document.Naming is { IsRecord: false, IsTemplate: false } && !HasWayBack(document))
        {
            yield return new Report("MW3004", document.SpanOf(risky.Span.Line),
                "It changes what runs, and nowhere says how to go back.",
                "Add the way back ('kubectl rollout undo', 'helm rollback', the old value), and when to take it.");
        }
    }

    private static IEnumerable<StepCommand> Acting(LintDocument document) => document.Commands.Where(command =>
        command.Effect.Effect is Effect.Change or Effect.Destroy
        && (command.Effect.Marks & (Marks.Local | Marks.Temporary | Marks.Synthetic)) == 0
        && command.Phase is not (Phase.Prevent or Phase.Postincident or Phase.Reference));

    private static bool HasVerification(LintDocument document, int line) =>
        document.Steps.Any(step => step.Phase == Phase.Verify)
        || document.Outline.OfType<OutlineNode.Heading>().Any(heading => Verification.IsIn(heading.Text))
        || document.Commands.Any(command => command.Span.Line > line && (!command.Expects.IsEmpty
            || (Verification.IsIn(command.Comment) && command.Effect.Effect == Effect.Read)))
        || document.Outline.OfType<OutlineNode.Paragraph>().Any(paragraph =>
            paragraph.EndLine > line && Proof().IsMatch(paragraph.Text));

    private static bool HasEscalation(LintDocument document) =>
        document.Runbook.Procedures.Any(procedure => !procedure.Escalations.IsEmpty)
        || document.Outline.Any(node => node switch
        {
            OutlineNode.Heading heading => Calling().IsMatch(heading.Text),
            OutlineNode.Paragraph paragraph => Calling().IsMatch(paragraph.Text),
            OutlineNode.Table table => table.Rows.Any(row => row.Cells.Any(cell => Calling().IsMatch(cell))),
            _ => false,
        });

    private static bool IsRollOut(StepCommand command) =>
        (command.Effect.Action == "set-image" && !command.Text.Contains("--local", StringComparison.Ordinal))
        || (command.Effect.Action == "upgrade-release" && command.Text.Contains("upgrade", StringComparison.Ordinal)
            && !Installs().IsMatch(command.Text))
        || (command.Effect.Action is "patch" or "patch-resources" && !Restart().IsMatch(command.Text)
            && command.Effect.Target?.Kind is "deployment" or "statefulset" or "daemonset");

    private static bool HasWayBack(LintDocument document) =>
        document.Commands.Any(command => command.Effect.Action is "undo-rollout"
            || command.Text.Contains("rollback", StringComparison.OrdinalIgnoreCase))
        || WayBack.IsIn(document.Runbook.Text);

    [GeneratedRegex(
        @"\b(verify|confirm|ensure|make sure|check (that|if|whether|the)|should (now |then )?(be|show|return|see|clear|resolve|disappear|stop|start|go)|will (clear|resolve|disappear|stop|go)|wait (for|until)|expected|until (the|it|all)|is resolved|alert (clears|resolves|stops))\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Proof();

    [GeneratedRegex(
        @"\b(escalat\w*|on[- ]?call|contact\w*|page the|pager\w*|slack|customer portal|support (case|ticket|team|request)|open an? (\w+ )?(case|issue|ticket|incident)|reach out|notify|call (the|your)|ask (the|in)|teams? channel|#[a-z][a-z0-9_-]{2,}|owner\w*|responsible|get help|help from|raise (a|an|the))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Calling();

    /// <summary>It makes the release where there is none.</summary>
    [GeneratedRegex(@"\s(-i|--install)(\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Installs();

    /// <summary>A patch that only makes the pods new.</summary>
    [GeneratedRegex(@"restart|""annotations""|\\""date\\""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Restart();
}
