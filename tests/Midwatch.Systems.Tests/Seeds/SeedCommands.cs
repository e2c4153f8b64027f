using System.Collections.Immutable;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Systems.Tests.Seeds;

/// <summary>Every command that the compiler finds in a seed, in the order of its lines.</summary>
internal static class SeedCommands
{
    /// <returns>Each command with the group of steps that it belongs to; what it starts lives as long.</returns>
    internal static ImmutableArray<(StepCommand Command, string Group)> Of(string path)
    {
        var runbook = new RunbookCompiler(EffectJudge.Default())
            .Compile(new RunbookSource(path, File.ReadAllText(path)));
        return
        [
            .. runbook.Procedures.SelectMany(procedure => procedure.Steps
                    .Select(step => (step, Group: $"{procedure.Id} {step.Phase}"))
                    .Concat(procedure.Scenarios.SelectMany(scenario =>
                        scenario.Steps.Select(step => (step, Group: $"{procedure.Id} {scenario.Id}")))))
                .SelectMany(pair => pair.step.Commands.Select(command => (command, pair.Group)))
                .DistinctBy(pair => (pair.command.Span.Line, pair.command.Span.Column))
                .OrderBy(pair => pair.command.Span.Line).ThenBy(pair => pair.command.Span.Column),
        ];
    }
}
