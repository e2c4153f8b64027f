using System.Globalization;
using Midwatch.Cli.Clusters;
using Midwatch.Cli.Incidents;
using Midwatch.Cli.Places;
using Midwatch.Cli.Runbooks;
using Midwatch.Cli.Terminal;
using Midwatch.Execution.Alerts;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Procedures;
using Midwatch.Storage;

namespace Midwatch.Cli.Running;

/// <summary>Works through one procedure by hand: an incident without an alert, followed at the terminal.</summary>
internal sealed class RunVerb(Screen screen, RunRequest request, DataDirectory data, TimeProvider time)
{
    private readonly string _runs = Path.Combine(data.Path, "runs");

    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (EffectFiles.Judge(screen, request.Effects) is not { } judge)
        {
            return ExitCodes.Usage;
        }

        var (choice, problem) = ProcedureChoice.Read(judge, request.Runbook, request.Procedure);
        if (choice is null)
        {
            screen.Complain(problem ?? "the runbook cannot be used.");
            return ExitCodes.Usage;
        }

        // Each run has a journal of its own: what another run left open, on whatever cluster, is not gone on with.
        var folder = Path.Combine(_runs,
            time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture));
        await using var cluster = await OpenedCluster.OpenAsync(screen, judge, request.Kubeconfig, data, folder, time,
            cancellationToken);
        if (cluster is null)
        {
            return ExitCodes.CouldNot;
        }

        Introduce(choice, cluster);
        return request switch
        {
            { DryRun: true } => await new DryRun(screen, cluster.Bound).ShowAsync(choice.Procedure),
            { OnlyDiagnose: true } =>
                await new DiagnosePhase(screen, cluster.Bound).RunAsync(choice.Procedure, cancellationToken),
            _ => await HealAsync(choice, cluster, folder, cancellationToken),
        };
    }

    private void Introduce(ProcedureChoice choice, OpenedCluster cluster)
    {
        var what = request.DryRun ? "; nothing is run" : request.OnlyDiagnose ? "; nothing is changed" : string.Empty;
        screen.Line(screen.Paint(Ink.Bold, choice.Procedure.Title));
        screen.Line($"  runbook   {choice.Runbook.Path}:{choice.Procedure.Line}");
        screen.Line(
            $"  cluster   {cluster.Identity.Server}{(cluster.Identity.IsLocal ? " (local)" : string.Empty)}{what}");
    }

    private async Task<int> HealAsync(
        ProcedureChoice choice, OpenedCluster cluster, string folder, CancellationToken cancellationToken)
    {
        // Two at once would act on the same things without knowing of each other.
        var attempt = DataDirectoryLock.TryTake(_runs, $"midwatch run, process {Environment.ProcessId}");
        if (attempt is not LockAttempt.Taken { Lock: var alone })
        {
            screen.Complain(attempt is LockAttempt.Refused refused ? $"{refused.Reason} {refused.Remedy}"
                : $"{_runs}: in use.");
            return ExitCodes.CouldNot;
        }

        using (alone)
        {
            var options = new IncidentSessionOptions
            {
                Runbooks = [choice.Runbook], DataDirectory = folder, Prometheus = new PrometheusAddress.NotKnown(),
                Time = time,
            };
            var (session, problem) = await IncidentSession.StartAsync(options, cluster.Bound, cancellationToken);
            if (session is null)
            {
                screen.Complain(problem ?? "the engine did not start.");
                return ExitCodes.CouldNot;
            }

            await using (session)
            {
                return await FollowAsync(session, choice, cancellationToken);
            }
        }
    }

    private async Task<int> FollowAsync(IncidentSession session, ProcedureChoice choice,
        CancellationToken cancellationToken)
    {
        var brief = ProcedureCatalog.Brief(choice.Runbook, choice.Procedure);
        await session.Engine.OpenByHandAsync(brief, Person.AtThisTerminal(), cancellationToken);
        var (closed, postmortem) = await new IncidentFollower(screen, session.Engine, request.Yes)
            .FollowAsync(cancellationToken);
        screen.Line();
        screen.Line($"  post-mortem  {postmortem}");
        return closed.Outcome is IncidentOutcome.Recovered or IncidentOutcome.ResolvedByItself ? ExitCodes.Well
            : ExitCodes.No;
    }
}
