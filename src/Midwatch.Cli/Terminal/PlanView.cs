using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Policies;

namespace Midwatch.Cli.Terminal;

/// <summary>Shows a sealed plan: what would run, what it does, who must agree, what would undo it.</summary>
internal sealed class PlanView(Screen screen)
{
    internal void Show(Plan plan)
    {
        foreach (var command in plan.Commands)
        {
            Show(command);
        }

        foreach (var left in plan.Draft.LeftOut)
        {
            screen.Line(
                $"  {screen.Paint(Ink.Dim, $"– line {left.Line,3}  left out")}  {Layout.Cut(left.Text, Layout.Width - 24)}");
            screen.Line($"      {Layout.Wrap(left.Reason, 6)}");
        }

        foreach (var step in plan.Draft.HumanSteps)
        {
            screen.Line(
                $"  {screen.Paint(Ink.Yellow, $"☞ line {step.Line,3}  for a person")}  {Layout.Wrap(step.Text, 28)}");
        }

        foreach (var check in plan.Draft.Verification)
        {
            screen.Line(
                $"  {screen.Paint(Ink.Dim, $"✓ line {check.Line,3}  then verify")}  {Layout.Cut(check.Text, Layout.Width - 28)}");
        }

        screen.Line($"  {screen.Paint(Ink.Dim, $"sealed {Seal.Shown(plan.Seal.Hash)}")}  "
            + (plan.ApprovalsNeeded == 0 ? "no approval needed" : $"{plan.ApprovalsNeeded} approval(s) needed"));
    }

    private void Show(PlannedCommand command)
    {
        var marks = command.MarkWords.IsEmpty ? string.Empty : $", {string.Join(", ", command.MarkWords)}";
        var ink = command.IsActing ? Ink.Magenta : Ink.Dim;
        screen.Line($"  {screen.Paint(ink, command.IsActing ? "●" : "○")} line {command.Line,3}  "
            + $"{screen.Paint(ink, command.EffectWord + marks)}");
        screen.Line($"      {Layout.Wrap(command.Text, 8)}");
        foreach (var target in command.Targets)
        {
            Detail("acts on", target.Display);
        }

        if (command.Inverse is { } inverse)
        {
            Detail("inverse", inverse);
        }

        if (command.Decision is { Kind: not PolicyDecisionKind.Run } decision)
        {
            Detail("policy", decision.Reason);
        }

        foreach (var refusal in command.Refusals)
        {
            Detail("refused", $"line {refusal.Line}:{refusal.Column}: {refusal.Reason} {refusal.Remedy}");
        }
    }

    private void Detail(string label, string text) =>
        screen.Line($"      {screen.Paint(Ink.Dim, label.PadRight(8))} {Layout.Wrap(text, 15)}");
}
