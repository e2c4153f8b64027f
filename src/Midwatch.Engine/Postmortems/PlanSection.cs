using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Engine.Clusters;
using Midwatch.Incidents;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;

namespace Midwatch.Engine.Postmortems;

/// <summary>What was planned, left out, refused and approved, and what would undo what was done.</summary>
internal static class PlanSection
{
    public static void Write(MarkdownText text, IncidentState state, ImmutableArray<IncidentEvent> events)
    {
        var plans = events.OfType<IncidentEvent.PlanProposed>().ToImmutableArray();
        text.Heading(2, "What was planned and approved");
        if (plans.IsEmpty)
        {
            text.Line("No plan was made; nothing was to be approved.");
        }

        foreach (var plan in plans)
        {
            Plan(text, plan.Plan);
            Answers(text, plan.Plan.Seal.Hash, events);
        }

        Refused(text, events);
        Inverses(text, state);
    }

    private static void Plan(MarkdownText text, Plan plan)
    {
        text.Heading(3, plan.Draft.Heading);
        text.Table(["Line", "Command", "Effect", "Policy"], plan.Commands.Select(command => new[]
        {
            Number(command.Line), MarkdownText.Code(MarkdownText.FirstLine(command.Text)),
            string.Join(", ", new[] { command.EffectWord }.Concat(command.MarkWords)),
            MarkdownText.Inline(command.Decision?.Reason ?? string.Empty),
        }));
        foreach (var command in plan.Commands.Where(
            command => command.Text.Trim().Contains('\n', StringComparison.Ordinal)))
        {
            text.Line($"Line {Number(command.Line)} in full:").Fence(command.Text, "bash");
        }

        if (!plan.Draft.LeftOut.IsEmpty)
        {
            text.Blank().Line("Left out:").Blank();
            foreach (var command in plan.Draft.LeftOut)
            {
                text.Line($"- line {Number(command.Line)} {MarkdownText.Code(MarkdownText.FirstLine(command.Text))}: "
                    + MarkdownText.Inline(command.Reason));
            }
        }

        if (!plan.Draft.Questions.IsEmpty)
        {
            text.Blank().Line("Asked of a person:").Blank().Items(plan.Draft.Questions);
        }

        text.Blank().Line($"Seal {MarkdownText.Code(plan.Seal.Hash)}, binding:").Blank()
            .Items(plan.Seal.Targets.Select(target => target.Generation is { } generation
                ? $"{target.Display}, generation {Number(generation)}, UID {string.Join(' ', target.Uids)}"
                : target.Uids.IsEmpty
                    ? $"{target.Display}, which is not there yet"
                    : $"{target.Display}, UID {string.Join(' ', target.Uids)}"));
    }

    private static void Answers(MarkdownText text, string seal, ImmutableArray<IncidentEvent> events)
    {
        text.Blank();
        foreach (var happened in events)
        {
            var mine = happened switch
            {
                IncidentEvent.ApprovalAsked e => e.Seal == seal,
                IncidentEvent.ApprovalGiven e => e.Seal == seal,
                IncidentEvent.ApprovalRefused e => e.Seal == seal,
                IncidentEvent.ApprovalExpired e => e.Seal == seal,
                IncidentEvent.ApprovalVoided e => e.Seal == seal,
                _ => false,
            };
            if (mine)
            {
                text.Line($"- {MarkdownText.Time(happened.At)} {MarkdownText.Inline(Timeline.Describe(happened))}");
            }
        }
    }

    private static void Refused(MarkdownText text, ImmutableArray<IncidentEvent> events)
    {
        var refused = events.OfType<IncidentEvent.ActionRefused>().ToImmutableArray();
        if (refused.IsEmpty)
        {
            return;
        }

        text.Heading(3, "Refused before anything ran");
        foreach (var command in refused)
        {
            text.Fence(command.Text, "bash");
            text.Items(command.Refusals.Select(refusal => string.Create(
                CultureInfo.InvariantCulture,
                $"line {refusal.Line}, column {refusal.Column}: {refusal.Reason} {refusal.Remedy}")));
        }
    }

    private static void Inverses(MarkdownText text, IncidentState state)
    {
        var acted = state.Actions.Where(action => !action.IsKnownUndone).ToImmutableArray();
        if (acted.IsEmpty)
        {
            return;
        }

        text.Heading(3, "How to undo what was done");
        foreach (var action in acted)
        {
            text.Line($"- {action.Intent.Action} {MarkdownText.Code(MarkdownText.FirstLine(action.Intent.Text))}: "
                + Inverse(action.Intent.Inverse));
        }
    }

    // "None is needed" is an answer, not a command.
    private static string Inverse(string? inverse) => inverse switch
    {
        null => "no inverse is known",
        ActionTraits.NoneNeeded => inverse,
        _ => MarkdownText.Code(inverse),
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
