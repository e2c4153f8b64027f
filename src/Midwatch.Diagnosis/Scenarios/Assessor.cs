using System.Collections.Immutable;
using Midwatch.Diagnosis.Inference;
using Midwatch.Diagnosis.Observations;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Diagnosis.Scenarios;

/// <summary>Goes through a scenario's commands with one cause in mind: gates, help, branches.</summary>
internal sealed class Assessor(EvidenceIndex index, ScopeOfDiagnosis scope)
{
    private readonly Gates _gates = new(index);

    public Assessment Assess(Scenario scenario, ScenarioLink link, ScoredCause cause)
    {
        var subject = cause.Ranked.Subject;
        var checker = new HelpChecker(index, scope, cause.Cause, subject);
        var gates = new List<GateResult>();
        var checks = new List<HelpCheck>();
        var branches = new List<BranchCommand>();
        foreach (var step in scenario.Steps)
        {
            var before = step.Gate is { } gate
                ? _gates.Ask(gate, step, null, subject,
                    step.Commands.Any(command => checker.Place(command) == Placement.Subject))
                : null;
            gates.AddRange(before is null ? [] : [before]);
            foreach (var command in step.Commands)
            {
                // Looking does no harm, whatever the words before it.
                var asked = command.Gate is { } own && command.Effect.Effect != Effect.Read
                    ? _gates.Ask(own, step, command, subject, checker.Place(command) != Placement.Elsewhere)
                    : null;
                gates.AddRange(asked is null ? [] : [asked]);
                var check = command.Effect.Effect == Effect.Read ? null : checker.Check(command);
                checks.AddRange(check is null ? [] : [check]);
                branches.Add(Branch(command, check, asked is { State: Truth.False } ? asked : before));
            }
        }

        return Finish(scenario, link, cause, [.. gates], [.. checks], WithReads(scenario, checker, branches, subject));
    }

    private static Assessment Finish(
        Scenario scenario, ScenarioLink link, ScoredCause cause, ImmutableArray<GateResult> gates,
        ImmutableArray<HelpCheck> checks, ImmutableArray<BranchCommand> branches)
    {
        var kept = scenario.Steps.SelectMany(step => step.Commands)
            .Where(command => branches.Any(branch => branch.Kept && branch.CommandId == command.Id)).ToArray();
        return new Assessment
        {
            Scenario = scenario,
            Link = link,
            Cause = cause,
            Gates = gates,
            HelpChecks = checks,
            Branches = branches,
            Actions =
            [
                .. kept.Where(command => checks.Any(check => check.CommandId == command.Id && check.Help == Help.Helps))
                    .Select(
                        command =>
                            $"{ActionShape.Doing(command.Effect).Action} {Written(ActionShape.Doing(command.Effect).Target)}"),
            ],
            WorstEffect = kept.Select(command => command.Effect.Effect).DefaultIfEmpty(Effect.Read).Max(),
        };
    }

    private static string Written(TargetReference? target) =>
        target is null ? "" : $"{target.Kind}/{target.Namespace}/{target.Name}/{target.Selector}";

    private static BranchCommand Branch(StepCommand command, HelpCheck? check, GateResult? gate)
    {
        BranchCommand Say(bool kept, string why) => new(command.Id, kept, why, command.Span.Line);

        if (gate is { State: Truth.False })
        {
            return Say(kept: false, $"\"{gate.Text}\": {gate.Why}");
        }

        return check?.Help switch
        {
            null => Say(kept: true, "It only looks."),
            Help.Helps or Help.Neutral => Say(kept: true, check.Because),
            Help.Harms => Say(kept: false, $"It would do harm: {check.Because}"),
            Help.NoEffect => Say(kept: false, $"It would not help: {check.Because}"),
            _ => Say(kept: false, $"It is not known to help: {check.Because}"),
        };
    }

    // A command that only looks stays with its branch: what looks at a target whose action is left out goes with it.
    private static ImmutableArray<BranchCommand> WithReads(
        Scenario scenario, HelpChecker checker, List<BranchCommand> branches, Subject subject)
    {
        var commands = scenario.Steps.SelectMany(step => step.Commands).ToImmutableDictionary(command => command.Id);
        var acting = branches.Where(branch => commands[branch.CommandId].Effect.Effect != Effect.Read).ToArray();
        var left =
            acting.Where(branch => !branch.Kept).SelectMany(branch => checker.Targets(commands[branch.CommandId]))
                .ToImmutableSortedSet();
        var stays =
            acting.Where(branch => branch.Kept).SelectMany(branch => checker.Targets(commands[branch.CommandId]))
            .Append(subject).ToImmutableSortedSet();
        return
        [
            .. branches.Select(branch =>
            {
                var looksAt = checker.Targets(commands[branch.CommandId]);
                return commands[branch.CommandId].Effect.Effect != Effect.Read || looksAt.IsEmpty
                    || !looksAt.Overlaps(left) || looksAt.Overlaps(stays)
                    ? branch
                    : branch with { Kept = false,
                        Why = $"It looks at {string.Join(", ", looksAt)}, where the cause does not lie." };
            }),
        ];
    }
}
