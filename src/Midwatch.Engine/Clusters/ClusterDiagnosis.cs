using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Midwatch.Diagnosis;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Engine.Diagnoses;
using Midwatch.Engine.Ports;
using Midwatch.Execution.Inspection;
using Midwatch.Execution.Places;
using Midwatch.Execution.Steps;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Procedures;
using Midwatch.Incidents.Verification;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Engine.Clusters;

/// <summary>
/// Diagnoses on the bound cluster: the runbook's commands and the inspector at once, then the ranking.
/// </summary>
public sealed class ClusterDiagnosis(
    BoundCluster cluster, ProcedureCatalog catalog, IAlertSource alertSource, TimeProvider time) : IDiagnosisRun
{
    private const int CommandsAtOnceMost = 8;

    /// <inheritdoc/>
    public async Task<DiagnosisAnswer> DiagnoseAsync(
        DiagnosisRequest request,
        Func<CommandRecord, CancellationToken, Task> observed,
        CancellationToken cancellationToken)
    {
        var (runbook, procedure) = catalog.Resolve(request.Procedure)
            ?? throw new InvalidOperationException("The runbook has changed since the incident began.");
        var labels = Labels(request.Alert);
        await cluster.LearnSecretsAsync(procedure.Scope.Namespaces, cancellationToken);
        var whole = request.SeparatingReads.IsEmpty;
        var inspecting = cluster.InspectAsync(procedure, labels, cancellationToken);
        var asking = AskAlertAsync(request.Alert, cancellationToken);
        var outputs = whole ? await RunAsync(procedure, labels, observed, cancellationToken) : [];
        var inspection = await inspecting;
        var evidence = Evidence(request.Alert, runbook, procedure, inspection, outputs) with
        {
            AlertExpression = await asking,
        };
        var ranking = Ranker.Rank(procedure, evidence, CauseCatalog.Default(), [.. request.StruckOut]);
        return await KeepAsync(request, procedure, evidence, ranking, cancellationToken);
    }

    /// <summary>The labels of an alert, as the diagnosis takes them.</summary>
    internal static ImmutableSortedDictionary<string, string> Labels(Alert? alert) =>
        alert is null
            ? ImmutableSortedDictionary<string, string>.Empty
            : alert.Labels.ToImmutableSortedDictionary(label => label.Name, label => label.Value,
                StringComparer.Ordinal);

    private static async Task<DiagnosisAnswer> KeepAsync(
        DiagnosisRequest request, Procedure procedure, Evidence evidence, Ranking ranking,
        CancellationToken cancellationToken)
    {
        var evidencePath = Path.Combine(request.Directory, $"evidence-{request.Round}.json");
        var rankingPath = Path.Combine(request.Directory, $"ranking-{request.Round}.json");
        var text = EvidenceJson.Write(evidence);
        await File.WriteAllTextAsync(evidencePath, text, cancellationToken);
        await File.WriteAllTextAsync(rankingPath, RankingJson.Write(ranking, evidence), cancellationToken);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return new DiagnosisAnswer(
            RankingDigests.Of(evidence, ranking, evidencePath, hash),
            RankingDigests.Of(ranking, procedure, rankingPath));
    }

    private Evidence Evidence(
        Alert? alert, Runbook runbook, Procedure procedure, InspectionResult inspection,
        ImmutableArray<CommandOutput> outputs) => new()
        {
            RunbookPath = runbook.Path,
            RunbookText = runbook.Text,
            RunbookHash = runbook.Hash,
            ProcedureId = procedure.Id,
            AlertLabels = Labels(alert),
            AlertStartsAt = alert?.StartsAt,
            TakenAt = time.GetUtcNow(),
            Observations = inspection.Observations,
            Reads = inspection.Reads,
            Graph = inspection.Graph,
            CommandOutputs = outputs,
        };

    private async Task<Truth> AskAlertAsync(Alert? alert, CancellationToken cancellationToken)
    {
        if (alert is null)
        {
            return Truth.Unknown;
        }

        var answer = await alertSource.AskAsync(alert, cancellationToken);
        return answer.IsOver switch
        {
            CheckVerdict.Met => Truth.False,
            CheckVerdict.Unmet => Truth.True,
            _ => Truth.Unknown,
        };
    }

    // Commands that only look need not wait for each other; where one sets something that another uses, all go in
    // order.
    private async Task<ImmutableArray<CommandOutput>> RunAsync(
        Procedure procedure,
        ImmutableSortedDictionary<string, string> labels,
        Func<CommandRecord, CancellationToken, Task> observed,
        CancellationToken cancellationToken)
    {
        var commands = procedure.Steps.Where(step => step.Phase == Phase.Diagnose)
            .SelectMany(step => step.Commands.Select(command => (step, command))).ToImmutableArray();
        var inOrder = commands.Any(each => each.command.Effect.Program.Length == 0);
        await using var session = inOrder ? cluster.OpenSession("diagnosis", acts: false, labels) : null;
        using var places = new SemaphoreSlim(inOrder ? 1 : CommandsAtOnceMost);
        return [.. await Task.WhenAll(commands.Select(RunOneAsync))];

        async Task<CommandOutput> RunOneAsync((Step Step, StepCommand Command) each, int index)
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                var outcome = session is not null
                    ? await session.RunAsync(each.Command, Allowance.Reading, cancellationToken)
                    : await RunAloneAsync(each.Command, index);
                await observed(CommandRecords.Of(each.Command, each.Step.Title, outcome), cancellationToken);
                return new CommandOutput(
                    each.Command.Id, outcome.Text, outcome.ExitCode, outcome.Output.Text + outcome.Error.Text);
            }
            finally
            {
                places.Release();
            }
        }

        async Task<CommandOutcome> RunAloneAsync(StepCommand command, int index)
        {
            await using var alone = cluster.OpenSession($"diagnosis-{index}", acts: false, labels);
            return await alone.RunAsync(command, Allowance.Reading, cancellationToken);
        }
    }
}
