using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>
/// The phase of steps whose section does not say what it is for, in the answer to a failure: looking counts as
/// diagnosis, and what changes what runs is the remedy.
/// </summary>
internal static class UntoldPhase
{
    /// <summary>Settles the steps of a draft from one on; a step that looks first and then acts becomes two.</summary>
    /// <param name="first">The first step of the section.</param>
    public static void Settle(List<Step> steps, int first, SentenceLexicon sentences, CompilationNotes notes)
    {
        for (var at = first; at < steps.Count; at++)
        {
            var step = steps[at];
            if (step.Commands.IsEmpty)
            {
                steps[at] = step.Kind == StepKind.Human && sentences.IsMending(step.Title) ? Acting(step) : step;
                continue;
            }

            var acts = step.Commands.ToList().FindIndex(command => Acts(command.Effect));
            if (acts <= 0)
            {
                steps[at] = acts < 0 ? step : Acting(step);
                continue;
            }

            steps[at] = step with { Commands = step.Commands[..acts], Expects = [] };
            steps.Insert(++at, Acting(step with
            {
                Id = notes.NextStep(),
                Line = step.Commands[acts].Span.Line,
                Commands = step.Commands[acts..],
            }));
        }
    }

    private static Step Acting(Step step) => step with
    {
        Phase = Phase.Resolve,
        Commands = [.. step.Commands.Select(command => command with { Phase = Phase.Resolve })],
    };

    /// <summary>
    /// Whether a command changes what runs: no file of the reader's, no temporary pod, no test request.
    /// </summary>
    private static bool Acts(CommandEffect effect) =>
        (effect.Effect is Effect.Change or Effect.Destroy
            && (effect.Marks & (Marks.Local | Marks.Temporary | Marks.Synthetic)) == 0)
        || (effect.Effect == Effect.Unknown && effect.Action is "apply" or "replace" or "create");
}
