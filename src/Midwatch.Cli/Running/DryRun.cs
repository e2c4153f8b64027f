using System.Collections.Immutable;
using Midwatch.Cli.Terminal;
using Midwatch.Execution.Places;
using Midwatch.Execution.Steps;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Cli.Running;

/// <summary>
/// Shows what each part of a procedure would run, what that does, and what keeps it from running. Runs nothing.
/// </summary>
internal sealed class DryRun(Screen screen, BoundCluster cluster)
{
    // What policy would ask about is no obstacle here; what can never run is.
    private static readonly Allowance Anything = new()
    {
        Most = Effect.Destroy, TemporaryPods = false, SyntheticRequests = true, SecretOutput = true,
    };

    internal async Task<int> ShowAsync(Procedure procedure)
    {
        await using var session = cluster.OpenSession(
            "dry-run", acts: true, ImmutableSortedDictionary<string, string>.Empty);
        foreach (var (title, phase) in (IEnumerable<(string, Phase)>)
            [("Diagnosis", Phase.Diagnose), ("Resolution", Phase.Resolve)])
        {
            Show(session, title, 0, procedure.Steps.Where(step => step.Phase == phase));
        }

        foreach (var scenario in procedure.Scenarios)
        {
            Show(session, scenario.Heading, scenario.Line, scenario.Steps);
        }

        Show(session, "Verification", 0, procedure.Steps.Where(step => step.Phase == Phase.Verify));
        return ExitCodes.Well;
    }

    private void Show(StepRunner session, string title, int line, IEnumerable<Step> steps)
    {
        var all = steps.ToImmutableArray();
        if (all.IsEmpty)
        {
            return;
        }

        screen.Line();
        screen.Line(screen.Paint(Ink.Bold, title)
            + (line > 0 ? screen.Paint(Ink.Dim, $"  line {line}") : string.Empty));
        foreach (var step in all)
        {
            if (step.Kind != StepKind.Commands)
            {
                var word = step.Kind == StepKind.Wait ? "wait" : "for a person";
                screen.Line($"  {screen.Paint(Ink.Yellow, $"☞ line {step.Line,3}  {word}")}  "
                    + Layout.Wrap(step.Narrative ?? step.Title, 28));
            }

            foreach (var command in step.Commands)
            {
                Show(session, command);
            }
        }
    }

    private void Show(StepRunner session, StepCommand command)
    {
        var preview = session.Preview(command, Anything);
        var effect = command.Effect.Effect;
        var ink = effect == Effect.Read ? Ink.Dim : Ink.Magenta;
        screen.Line($"  {screen.Paint(ink, effect == Effect.Read ? "○" : "●")} line {command.Span.Line,3}  "
            + screen.Paint(ink, effect.Name()
                + string.Concat(command.Effect.Marks.Names().Select(mark => $", {mark}"))));
        screen.Line($"      {Layout.Wrap(command.Text, 8)}");
        if (command.Gate is { } gate)
        {
            Detail("only", gate.Text);
        }

        if (preview.Question is { } question)
        {
            Detail("asked", $"another way, without a pod: {question}");
        }

        foreach (var refusal in preview.Refusals)
        {
            Detail("refused", $"line {refusal.Line}:{refusal.Column}: {refusal.Reason} {refusal.Remedy}");
        }
    }

    private void Detail(string label, string text) =>
        screen.Line(
            $"      {screen.Paint(label == "refused" ? Ink.Yellow : Ink.Dim, label.PadRight(8))} {Layout.Wrap(text, 15)}");
}
