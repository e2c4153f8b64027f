using Midwatch.Engine.Clusters;
using Midwatch.Execution.Redaction;
using Midwatch.Execution.Steps;
using Midwatch.Processes;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Engine.Tests;

/// <summary>What a plan says against a command: the reasons of the compiler and of the preview together.</summary>
public sealed class DocumentRefusalTests
{
    private const string Seed = "000_509936021474eac1.txt";

    [Fact]
    public async Task A_block_of_the_seed_that_cannot_run_says_every_reason_with_its_place()
    {
        var shared = Environment.GetEnvironmentVariable("MIDWATCH_SHARED") ?? Path.Combine(Root(), "..", "shared");
        var path = Path.Combine(shared, "seeds", Seed);
        Assert.SkipUnless(File.Exists(path), $"{path} is not there; set MIDWATCH_SHARED.");

        var reasons =
            await ReasonsAsync(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), "stdin");

        Assert.Equal([128, 129, 131], reasons.Select(each => each.Line).Distinct());
        Assert.All(reasons, each => Assert.True(each.Column > 0));
        Assert.Contains(reasons,
            each => each is { Line: 128, Column: 1 } && each.Reason.Contains("aws", StringComparison.Ordinal));
        Assert.Contains(reasons,
            each => each.Line == 129 && each.Reason.Contains("account-id", StringComparison.Ordinal));
        Assert.Single(reasons, each => each.Line == 131 && each.Reason.Contains("stdin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_compiler_says_of_other_commands_keeps_this_one_from_nothing()
    {
        var reasons = await ReasonsAsync("""
            # A

            ## Resolution

            ### Scenario 1: a

            ```bash
            echo "$(stdin)"

            kubectl get pods
            ```
            """, "get pods");

        Assert.Empty(reasons);
    }

    private static async Task<Incidents.Actions.Refusal[]> ReasonsAsync(string text, string part)
    {
        var runbook = new RunbookCompiler(EffectJudge.Default()).Compile(new RunbookSource("x.md", text));
        var command =
            runbook.Procedures.SelectMany(procedure => procedure.Scenarios).SelectMany(scenario => scenario.Steps)
            .SelectMany(step => step.Commands).Single(each => each.Text.Contains(part, StringComparison.Ordinal));
        var folder = Directory.CreateTempSubdirectory("midwatch-refusals");
        var programs = folder.CreateSubdirectory("programs");
        var kubectl = Path.Combine(programs.FullName, "kubectl");
        await File.WriteAllTextAsync(kubectl, "#!/bin/sh\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(kubectl, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var starter = new ProgramStarter();
        await using var runner = StepRunner.Open(new StepRunnerOptions
        {
            Starter = starter,
            Directory = folder.FullName,
            Kubeconfig = "/nowhere/kubeconfig",
            SearchPath = programs.FullName,
            Redactor = new Redactor(),
            Judge = EffectJudge.Default(),
            Time = TimeProvider.System,
        });
        var foreseen = CommandRecords.Of(runner.Preview(command, new Allowance { Most = Effect.Destroy }).Refusals);
        var reasons = DocumentRefusals.Join(command, foreseen, runbook.Diagnostics);
        folder.Delete(recursive: true);
        return [.. reasons];
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Midwatch.slnx")))
        {
            folder =
                folder.Parent ?? throw new DirectoryNotFoundException("The repository was not found above the tests.");
        }

        return folder.FullName;
    }
}
