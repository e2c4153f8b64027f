using System.CommandLine;
using Midwatch.Cli.Places;
using Midwatch.Cli.Running;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch run</c>: one procedure by hand, without a server and without an alert.</summary>
internal static class RunCommand
{
    internal static Command Build(Screen screen)
    {
        var runbook = new Argument<string>("RUNBOOK") { Description = "The Markdown runbook." };
        var phase = new Option<string?>("--phase")
        {
            Description = "Only this phase: diagnose runs the diagnose commands and prints what they say.",
            HelpName = "PHASE",
        };
        phase.AcceptOnlyFromAmong("diagnose");
        var yes = new Option<bool>("--yes")
        {
            Description = "Answer the approval with yes: for what can be taken back, on the local cluster only.",
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Show what each scenario would run, with effects and refusals; run nothing.",
        };
        var (procedure, kubeconfig) = (CommonOptions.Procedure(), CommonOptions.Kubeconfig());
        var (data, effects) = (CommonOptions.Data(), CommonOptions.Effects());
        var command = new Command("run", """
            Works through one procedure by hand: diagnoses, picks the scenario, asks for approval, acts, verifies with
            the runbook's own checks, and writes the post-mortem.

            Examples:
              midwatch run runbook.md --dry-run
              midwatch run runbook.md --phase diagnose
              midwatch run runbook.md --procedure api-down
              midwatch run runbook.md --yes

            Exit status: 0 healed, 1 not (with --phase: a command failed or was refused), 2 wrong use,
            3 the cluster could not be asked.
            """)
        {
            runbook, phase, yes, dryRun, procedure, kubeconfig, data, effects,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(dryRun) && (result.GetValue(yes) || result.GetValue(phase) is not null))
            {
                result.AddError("--dry-run runs nothing: --yes and --phase do not go with it.");
            }
        });
        command.SetAction((parsed, cancellationToken) => new RunVerb(
            screen,
            new RunRequest
            {
                Runbook = parsed.GetValue(runbook) ?? string.Empty,
                Procedure = parsed.GetValue(procedure),
                Kubeconfig = parsed.GetValue(kubeconfig),
                OnlyDiagnose = parsed.GetValue(phase) is not null,
                Yes = parsed.GetValue(yes),
                DryRun = parsed.GetValue(dryRun),
                Effects = parsed.GetValue(effects),
            },
            DataDirectory.Resolve(parsed.GetValue(data)),
            TimeProvider.System).RunAsync(cancellationToken));
        return command;
    }
}
