using Midwatch.Execution.Steps;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Execution.Tests.Steps;

public sealed class ReferenceRunbookTests
{
    [Fact]
    public async Task No_command_of_the_reference_systems_runbooks_for_alerts_is_refused()
    {
        await using var bench = new Bench();
        bench.Script("kubectl", "echo never");
        bench.Script("curl", "echo never");
        var commands = Directory.EnumerateFiles(Path.Combine(Root(), "systems"), "*.md", SearchOption.AllDirectories)
            .Where(path => path.Contains("/runbooks/", StringComparison.Ordinal))
            .SelectMany(path => Commands(path).Select(command => (path, command)))
            .ToArray();
        Assert.NotEmpty(commands);
        var refused = commands
            .SelectMany(each => bench.Runner.Preview(each.command, Allowed(each.command)).Refusals
                .Select(refusal => $"{Path.GetFileName(each.path)}:{refusal} [{each.command.Text}]"));
        Assert.Empty(refused);
    }

    private static Allowance Allowed(StepCommand command) => command.Phase switch
    {
        Phase.Diagnose => Allowance.Reading,
        Phase.Verify => Allowance.Reading with { SyntheticRequests = true },
        _ => new Allowance { Most = Effect.Destroy },
    };

    // Of the procedures of alerts: what a person starts by day, by a script in a checkout, is not run for them.
    private static IEnumerable<StepCommand> Commands(string path) =>
        new RunbookCompiler(Bench.Judge).Compile(new RunbookSource(path, File.ReadAllText(path))).Procedures
            .Where(procedure => !procedure.Alerts.IsEmpty)
            .SelectMany(procedure => procedure.Steps.Concat(procedure.Scenarios.SelectMany(each => each.Steps)))
            .SelectMany(step => step.Commands);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Midwatch.slnx")))
        {
            folder = folder.Parent
                ?? throw new DirectoryNotFoundException("Midwatch.slnx is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
