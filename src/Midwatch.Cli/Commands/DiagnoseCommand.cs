using System.CommandLine;
using System.CommandLine.Parsing;
using Midwatch.Cli.Diagnosing;
using Midwatch.Cli.Places;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch diagnose</c>: what is wrong, and which scenario is for it. Changes nothing.</summary>
internal static class DiagnoseCommand
{
    internal static Command Build(Screen screen)
    {
        var runbook = new Argument<string?>("RUNBOOK")
        {
            Description = "The Markdown runbook; with --from it may be left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var from = new Option<string?>("--from")
        {
            Description = "Rank from an evidence file; no cluster is asked.", HelpName = "EVIDENCE.json",
        };
        var other = new Option<string?>("--runbook")
        {
            Description = "With --from: rank by this runbook, not by the one of the evidence.", HelpName = "OTHER.md",
        };
        var save = new Option<string?>("--save")
        {
            Description = "Keep the evidence in this file.", HelpName = "EVIDENCE.json",
        };
        var (procedure, kubeconfig) = (CommonOptions.Procedure(), CommonOptions.Kubeconfig());
        var (format, data, effects) = (CommonOptions.Format("text"), CommonOptions.Data(), CommonOptions.Effects());
        var command = new Command("diagnose", """
            Runs the diagnose commands of a runbook, looks at the cluster, and ranks the scenarios. Changes nothing.

            Examples:
              midwatch diagnose runbook.md
              midwatch diagnose runbook.md --procedure api-down --save evidence.json
              midwatch diagnose --from evidence.json --runbook changed.md
              midwatch diagnose runbook.md --format json

            Exit status: 0 a scenario fits or nothing is wrong, 1 it could not be told or no scenario would help,
            2 wrong use, 3 the cluster could not be asked.
            """)
        {
            runbook, from, other, save, procedure, kubeconfig, format, data, effects,
        };
        command.Validators.Add(result => Check(
            result,
            isReplay: result.GetValue(from) is not null,
            hasRunbook: result.GetValue(runbook) is not null,
            hasOther: result.GetValue(other) is not null,
            asksCluster: result.GetValue(save) is not null || result.GetValue(kubeconfig) is not null));
        command.SetAction((parsed, cancellationToken) => new DiagnoseVerb(
            screen,
            new DiagnoseRequest
            {
                Runbook = parsed.GetValue(runbook) ?? parsed.GetValue(other),
                From = parsed.GetValue(from),
                Save = parsed.GetValue(save),
                Procedure = parsed.GetValue(procedure),
                Kubeconfig = parsed.GetValue(kubeconfig),
                Json = parsed.GetValue(format) == "json",
                Effects = parsed.GetValue(effects),
            },
            DataDirectory.Resolve(parsed.GetValue(data)),
            TimeProvider.System).RunAsync(cancellationToken));
        return command;
    }

    private static void Check(CommandResult result, bool isReplay, bool hasRunbook, bool hasOther, bool asksCluster)
    {
        if (isReplay == hasRunbook)
        {
            result.AddError(isReplay
                ? "With --from another runbook is named by --runbook OTHER.md."
                : "Name a RUNBOOK, or an evidence file with --from.");
        }

        if (isReplay ? asksCluster : hasOther)
        {
            result.AddError(isReplay
                ? "--from asks no cluster: --save and --kubeconfig do not go with it."
                : "--runbook goes with --from.");
        }
    }
}
