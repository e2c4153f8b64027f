using System.Collections.Immutable;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Cli.Runbooks;

/// <summary>One procedure of a runbook, as a person names it.</summary>
internal sealed record ProcedureChoice(Runbook Runbook, Procedure Procedure)
{
    /// <summary>Reads the runbook and takes the procedure.</summary>
    /// <returns>The choice; or what is wrong with the file or the name, with the remedy.</returns>
    internal static (ProcedureChoice? Choice, string? Problem) Read(EffectJudge judge, string path, string? named)
    {
        var (runbook, problem) = RunbookFile.Read(new RunbookCompiler(judge), path);
        problem ??= runbook is null ? $"{path}: cannot be read." : RunbookFile.WhyNotRunnable(runbook);
        return runbook is null || problem is not null ? (null, problem) : Of(runbook, named);
    }

    /// <summary>Takes the procedure: the one that is named by its id, heading or alert; else the only one.</summary>
    internal static (ProcedureChoice? Choice, string? Problem) Of(Runbook runbook, string? named)
    {
        var able = runbook.Procedures.Where(HasCommands).ToImmutableArray();
        if (named is null)
        {
            return able switch
            {
                [var only] => (new ProcedureChoice(runbook, only), null),
                [] => (null, $"{runbook.Path}: none of its procedures has commands."),
                _ => (null,
                    $"{runbook.Path}: it has {able.Length} procedures. Say which with --procedure:\n{List(able)}"),
            };
        }

        var fitting = Fitting(runbook.Procedures, named);
        return fitting switch
        {
            [var one] => (new ProcedureChoice(runbook, one), null),
            [] => (null, $"{runbook.Path}: it has no procedure '{named}'. It has:\n{List(able)}"),
            _ => (null,
                $"{runbook.Path}: '{named}' fits {fitting.Length} procedures. Name one by its id:\n{List(fitting)}"),
        };
    }

    private static ImmutableArray<Procedure> Fitting(ImmutableArray<Procedure> procedures, string named)
    {
        var exact = procedures.Where(procedure => procedure.Id == named).ToImmutableArray();
        return exact.IsEmpty
            ? [.. procedures.Where(procedure =>
                string.Equals(procedure.Title, named, StringComparison.OrdinalIgnoreCase)
                || procedure.Alerts.Any(alert => string.Equals(alert.Name, named, StringComparison.OrdinalIgnoreCase)))]
            : exact;
    }

    private static bool HasCommands(Procedure procedure) => procedure.Steps
        .Concat(procedure.Scenarios.SelectMany(scenario => scenario.Steps))
        .Any(step => step.Kind == StepKind.Commands && !step.Commands.IsEmpty);

    private static string List(ImmutableArray<Procedure> procedures) => string.Join('\n', procedures.Select(procedure =>
        $"  {procedure.Id}   {procedure.Title} (line {procedure.Line})"
        + (procedure.Alerts.IsEmpty ? string.Empty
            : $", alerts: {string.Join(", ", procedure.Alerts.Select(alert => alert.Name))}")));
}
