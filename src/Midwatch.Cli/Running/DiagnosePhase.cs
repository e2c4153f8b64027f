using System.Collections.Immutable;
using Midwatch.Cli.Terminal;
using Midwatch.Engine.Clusters;
using Midwatch.Execution.Places;
using Midwatch.Execution.Steps;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Cli.Running;

/// <summary>
/// Runs the diagnose commands of a procedure one after the other and prints what they say. Changes nothing.
/// </summary>
internal sealed class DiagnosePhase(Screen screen, BoundCluster cluster)
{
    internal async Task<int> RunAsync(Procedure procedure, CancellationToken cancellationToken)
    {
        await cluster.LearnSecretsAsync(procedure.Scope.Namespaces, cancellationToken);
        await using var session = cluster.OpenSession(
            "diagnosis", acts: false, ImmutableSortedDictionary<string, string>.Empty);
        var view = new CommandRecordView(screen);
        var (all, well) = (0, 0);
        foreach (var step in procedure.Steps.Where(step => step.Phase == Phase.Diagnose))
        {
            screen.Line();
            screen.Line(screen.Paint(Ink.Bold, step.Title));
            foreach (var command in step.Commands)
            {
                var outcome = await session.RunAsync(command, Allowance.Reading, cancellationToken);
                view.Show(CommandRecords.Of(command, step.Title, outcome), wholeOutput: true);
                all++;
                well += outcome.IsWell || outcome.End == CommandEnd.AskedAnotherWay ? 1 : 0;
            }

            foreach (var line in step.Narrative?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
            {
                screen.Line("  " + screen.Paint(Ink.Dim, Layout.Wrap(line, 2)));
            }
        }

        screen.Line();
        screen.Line(all == 0 ? "The procedure has no diagnose commands." : $"{well} of {all} commands ran well.");
        return well == all ? ExitCodes.Well : ExitCodes.No;
    }
}
