using System.Globalization;
using Midwatch.Cli.Clusters;
using Midwatch.Cli.Places;
using Midwatch.Cli.Runbooks;
using Midwatch.Cli.Terminal;
using Midwatch.Engine.Alerts;
using Midwatch.Engine.Clusters;
using Midwatch.Engine.Ports;
using Midwatch.Execution.Alerts;
using Midwatch.Incidents;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Cluster;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Procedures;

namespace Midwatch.Cli.Diagnosing;

/// <summary>One diagnosis by hand: on the cluster, or again from evidence that was kept.</summary>
internal sealed class DiagnoseVerb(Screen screen, DiagnoseRequest request, DataDirectory data, TimeProvider time)
{
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (EffectFiles.Judge(screen, request.Effects) is not { } judge)
        {
            return ExitCodes.Usage;
        }

        if (request.From is { } from)
        {
            var (replay, wrong) = EvidenceReplay.Of(judge, from, request.Runbook, request.Procedure);
            return replay is null ? Wrong(wrong) : Tell(replay.Answer, replay.Json);
        }

        var (choice, problem) = ProcedureChoice.Read(judge, request.Runbook ?? string.Empty, request.Procedure);
        if (choice is null)
        {
            return Wrong(problem);
        }

        var folder = Path.Combine(data.Path, "diagnoses",
            time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture));
        await using var cluster = await OpenedCluster.OpenAsync(screen, judge, request.Kubeconfig, data, folder, time,
            cancellationToken);
        if (cluster is null)
        {
            return ExitCodes.CouldNot;
        }

        Introduce(choice, cluster);
        var answer = await DiagnoseAsync(choice, cluster, folder, cancellationToken);
        return Keep(answer.Evidence.Path) is { } unkept
            ? Wrong(unkept)
            : Tell(answer, await File.ReadAllTextAsync(answer.Ranking.Path ?? string.Empty, cancellationToken));
    }

    private async Task<DiagnosisAnswer> DiagnoseAsync(
        ProcedureChoice choice, OpenedCluster cluster, string folder, CancellationToken cancellationToken)
    {
        using var prometheus = cluster.Bound.OpenPrometheus(new PrometheusAddress.NotKnown());
        var diagnosis = new ClusterDiagnosis(
            cluster.Bound, new ProcedureCatalog([choice.Runbook]), new PrometheusAlertSource(prometheus), time);
        return await diagnosis.DiagnoseAsync(
            new DiagnosisRequest
            {
                Incident = IncidentId.FromNumber(1),
                Procedure = ProcedureCatalog.Brief(choice.Runbook, choice.Procedure),
                Cluster = new ClusterIdentity
                {
                    Server = cluster.Identity.Server,
                    AuthorityHash = cluster.Identity.AuthorityHash,
                    SystemUid = cluster.Identity.SystemUid,
                    IsLocal = cluster.Identity.IsLocal,
                },
                Round = 1,
                SeparatingReads = [],
                StruckOut = [],
                Directory = folder,
            },
            Observed,
            cancellationToken);
    }

    private void Introduce(ProcedureChoice choice, OpenedCluster cluster)
    {
        if (request.Json)
        {
            return;
        }

        screen.Line(screen.Paint(Ink.Bold, $"Diagnosis: {choice.Procedure.Title}"));
        screen.Line($"  runbook   {choice.Runbook.Path}:{choice.Procedure.Line}");
        var local = cluster.Identity.IsLocal ? " (local)" : string.Empty;
        screen.Line($"  cluster   {cluster.Identity.Server}{local}; nothing is changed");
        screen.Line();
    }

    private Task Observed(CommandRecord command, CancellationToken cancellationToken)
    {
        if (!request.Json)
        {
            lock (screen)
            {
                new CommandRecordView(screen).Show(command);
            }
        }

        return Task.CompletedTask;
    }

    private int Tell(DiagnosisAnswer answer, string json)
    {
        if (request.Json)
        {
            screen.Output.Write(json);
        }
        else
        {
            var view = new RankingView(screen);
            screen.Line();
            view.Show(answer.Evidence);
            screen.Line();
            view.Show(answer.Ranking);
            screen.Line();
            screen.Line($"  evidence  {request.Save ?? answer.Evidence.Path}");
        }

        // A scenario that asks a person something first is found all the same.
        return answer.Ranking switch
        {
            { Verdict: RankingVerdict.Act or RankingVerdict.NoFault } => ExitCodes.Well,
            { Verdict: RankingVerdict.Abstain, Chosen: not null } => ExitCodes.Well,
            _ => ExitCodes.No,
        };
    }

    private string? Keep(string evidence)
    {
        if (request.Save is not { } target)
        {
            return null;
        }

        try
        {
            File.Copy(evidence, target, overwrite: true);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"{target}: the evidence cannot be kept there: {problem.Message} It lies in {evidence}.";
        }
    }

    private int Wrong(string? problem)
    {
        screen.Complain(problem ?? "the runbook cannot be used.");
        return ExitCodes.Usage;
    }
}
