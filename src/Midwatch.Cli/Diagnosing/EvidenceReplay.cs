using System.Security.Cryptography;
using System.Text;
using Midwatch.Cli.Runbooks;
using Midwatch.Diagnosis;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Engine.Diagnoses;
using Midwatch.Engine.Ports;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Cli.Diagnosing;

/// <summary>A ranking made again from evidence that was kept: by its own runbook, or by another one.</summary>
internal sealed record EvidenceReplay(DiagnosisAnswer Answer, string Json)
{
    /// <returns>The ranking; or what is wrong with a file or the name, with the remedy.</returns>
    internal static (EvidenceReplay? Replay, string? Problem) Of(
        EffectJudge judge, string path, string? otherRunbook, string? named)
    {
        var (text, problem) = Read(path);
        if (text is null)
        {
            return (null, problem);
        }

        var reading = EvidenceJson.Read(text);
        if (reading is not EvidenceReading.Done { Evidence: var evidence })
        {
            var why = (reading as EvidenceReading.Failed)?.Message ?? "this is no evidence.";
            return (null, $"{path}: {why} 'midwatch diagnose RUNBOOK --save FILE' writes such a file.");
        }

        var (choice, unchosen) = Choose(judge, evidence, otherRunbook, named);
        return choice is null
            ? (null, unchosen)
            : (Rank(choice, otherRunbook is null ? evidence : Under(choice, evidence), path, text), null);
    }

    private static (string? Text, string? Problem) Read(string path)
    {
        try
        {
            return (File.ReadAllText(path), null);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"{path}: there is no such file. 'midwatch diagnose RUNBOOK --save FILE' writes one.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path}: cannot be read: {problem.Message}");
        }
    }

    private static (ProcedureChoice? Choice, string? Problem) Choose(
        EffectJudge judge, Evidence evidence, string? otherRunbook, string? named)
    {
        var compiler = new RunbookCompiler(judge);
        var (runbook, problem) = otherRunbook is null
            ? (compiler.Compile(new RunbookSource(evidence.RunbookPath, evidence.RunbookText)), null)
            : RunbookFile.Read(compiler, otherRunbook);
        if (runbook is null)
        {
            return (null, problem);
        }

        // The procedure of the evidence, where the runbook has it; a changed one may have given it another name.
        var same = runbook.Procedures.Any(procedure => procedure.Id == evidence.ProcedureId) ? evidence.ProcedureId
            : null;
        return ProcedureChoice.Of(runbook, named ?? same);
    }

    private static EvidenceReplay Rank(ProcedureChoice choice, Evidence evidence, string path, string text)
    {
        var taken = evidence with { ProcedureId = choice.Procedure.Id };
        var ranking = Ranker.Rank(choice.Procedure, taken, CauseCatalog.Default(), []);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var answer = new DiagnosisAnswer(
            RankingDigests.Of(taken, ranking, path, hash), RankingDigests.Of(ranking, choice.Procedure, path: null));
        return new EvidenceReplay(answer, RankingJson.Write(ranking, taken));
    }

    // Ids count the commands of one document; in another one the same command is known by its words.
    private static Evidence Under(ProcedureChoice choice, Evidence evidence)
    {
        var ids = Commands(choice.Procedure).ToLookup(command => command.Text.Trim(), command => command.Id);
        return evidence with
        {
            RunbookPath = choice.Runbook.Path,
            RunbookText = choice.Runbook.Text,
            RunbookHash = choice.Runbook.Hash,
            CommandOutputs =
            [
                .. evidence.CommandOutputs.SelectMany(output =>
                    ids[output.Text.Trim()].Take(1).Select(id => output with { CommandId = id })),
            ],
        };
    }

    private static IEnumerable<StepCommand> Commands(Procedure procedure) => procedure.Steps
        .Concat(procedure.Scenarios.SelectMany(scenario => scenario.Steps)).SelectMany(step => step.Commands);
}
