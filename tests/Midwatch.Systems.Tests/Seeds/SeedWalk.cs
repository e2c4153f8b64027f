using System.Collections.Immutable;
using Midwatch.Execution.Places;
using Midwatch.Execution.Programs;
using Midwatch.Execution.Redaction;
using Midwatch.Execution.Steps;
using Midwatch.Processes;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Interpretation;
using Midwatch.Systems.Tests.Running;

namespace Midwatch.Systems.Tests.Seeds;

/// <summary>
/// Walks through a seed on its running system, as Midwatch runs commands, and holds each against its row.
/// </summary>
internal sealed class SeedWalk(SystemUnderTest system, CommandTable table)
{
    private static readonly Allowance Anything = new()
    {
        Most = Effect.Destroy, TemporaryPods = true, SyntheticRequests = true, SecretOutput = true,
    };

    private const int Readings = 20;

    private static readonly TimeSpan BetweenReadings = TimeSpan.FromSeconds(2);

    private static readonly string Systems = Path.Combine(Repository.Root, "systems");

    private static readonly string Scenes =
        Path.Combine(Repository.Root, "tests", "Midwatch.Systems.Tests", "Seeds", "Scenes");

    private string Place => Path.Combine(system.DataDirectory, "walk");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal async Task<ImmutableArray<RowResult>> WalkAsync(
        ImmutableArray<(StepCommand Command, string Group)> commands)
    {
        await using var starter = new ProgramStarter();
        var results = ImmutableArray.CreateBuilder<RowResult>();
        foreach (var group in commands.Zip(table.Rows).GroupBy(pair => pair.First.Group))
        {
            // A placeholder stands for another object in each row, and what a group started ends with it.
            StepRunner? runner = null;
            try
            {
                foreach (var ((command, _), row) in group)
                {
                    if (runner is null || !row.Bind.IsEmpty || command.Placeholders.Length > 0)
                    {
                        await EndAsync(runner);
                        runner = StepRunner.Open(await OptionsAsync(starter, row));
                        CheckOut();
                    }

                    var began = TimeProvider.System.GetTimestamp();
                    var result = await RunAsync(runner, command, row);
                    results.Add(result with { Took = TimeProvider.System.GetElapsedTime(began) });
                }
            }
            finally
            {
                await EndAsync(runner);
            }
        }

        return results.ToImmutable();
    }

    // The runner's own folder is where its commands begin; there is one at a time.
    private void CheckOut()
    {
        if (table.Checkout is not { } checkout)
        {
            return;
        }

        var work = Path.Combine(Directory.GetDirectories(Path.Combine(Place, "steps")).Single(), "work");
        foreach (var file in Directory.EnumerateFiles(checkout, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(work, Path.GetRelativePath(checkout, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task EndAsync(StepRunner? runner)
    {
        if (runner is not null)
        {
            await runner.DisposeAsync();
        }
    }

    private async Task<RowResult> RunAsync(StepRunner runner, StepCommand command, CommandRow row)
    {
        if (row.Needs == "root" && !Environment.IsPrivilegedProcess)
        {
            return new RowResult(
                row, "nothere", null,
                "without root a container has no files of its own: this machine's would be touched");
        }

        foreach (var step in row.Before)
        {
            if (await KubectlAsync(step) is (not 0, var said))
            {
                return new RowResult(row, row.As, $"kubectl {step} (before it) failed: {said}", row.Why);
            }
        }

        var result = await HoldAsync(runner, command, row);
        foreach (var (step, fragment) in row.Then)
        {
            if (result.Mismatch is null && await KubectlAsync(step) is var (code, said)
                && (code != 0 || !said.Contains(fragment, StringComparison.Ordinal)))
            {
                result = result with
                {
                    Mismatch = $"kubectl {step} (after it) ended with {code}, without '{fragment}': {said}",
                };
            }
        }

        foreach (var step in row.After)
        {
            _ = await KubectlAsync(step);
        }

        return result;
    }

    // What is measured comes with the next scrape: a reading is repeated as a person would, while it does not match.
    private static async Task<RowResult> HoldAsync(StepRunner runner, StepCommand command, CommandRow row)
    {
        for (var left = Readings; ; left--)
        {
            var result = RowResult.Of(row, await runner.RunAsync(command, Anything, Stop));
            if (result.Mismatch is null || row.Matches is null || command.Effect.Effect != Effect.Read || left == 1)
            {
                return result;
            }

            await Task.Delay(BetweenReadings, TimeProvider.System, Stop);
        }
    }

    private async Task<StepRunnerOptions> OptionsAsync(ProgramStarter starter, CommandRow row)
    {
        var values = table.Bind.SetItems(row.Bind);
        foreach (var (name, value) in values)
        {
            values = values.SetItem(name, value.Replace("{systems}", Systems, StringComparison.Ordinal));
            if (value.StartsWith("kubectl ", StringComparison.Ordinal))
            {
                var (_, said) = await KubectlAsync(value["kubectl ".Length..]);
                // The newest of what is listed: an older pod may be on its way out after a restart.
                values = values.SetItem(name, said.TrimEnd().Split('\n')[^1].Trim().Split('/')[^1]);
            }
        }

        return new StepRunnerOptions
        {
            Starter = starter,
            Directory = Place,
            Kubeconfig = system.Kubeconfig,
            ServiceNames = await ServiceNamesAsync(),
            SearchPath = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin",
            Bindings = new PlaceholderBindings(values),
            Redactor = new Redactor(),
            Judge = EffectJudge.Default(),
            Limits = new ExecutionLimits
            {
                Command = TimeSpan.FromSeconds(20),
                Waiting = TimeSpan.FromSeconds(90),
                Following = TimeSpan.FromSeconds(2),
            },
            Time = TimeProvider.System,
        };
    }

    private async Task<Uri?> ServiceNamesAsync()
    {
        if (await ClusterConnection.OpenAsync(system.Kubeconfig, null, TimeProvider.System, Stop)
            is not ClusterOpening.Done opened)
        {
            return null;
        }

        using var client = opened.Client;
        return await ServiceNameProxy.FindAsync(client, Stop);
    }

    private async Task<(int Code, string Output)> KubectlAsync(string arguments)
    {
        var complete = arguments.Replace("{scenes}", Scenes, StringComparison.Ordinal);
        await using var kubectl = Kubectl.Start(system, complete.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return await kubectl.EndAsync();
    }
}
