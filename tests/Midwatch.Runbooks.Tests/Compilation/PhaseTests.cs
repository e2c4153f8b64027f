using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Tests.Compilation;

/// <summary>To which phase the commands below a heading belong.</summary>
public sealed class PhaseTests
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());

    [Theory]
    [InlineData("Diagnosis", "2. What happened to them", Phase.Diagnose)]
    [InlineData("Diagnosis", "Logs", Phase.Diagnose)]
    [InlineData("Diagnosis", "Metrics of the broker", Phase.Diagnose)]
    [InlineData("Diagnosis", "Impact on the queue", Phase.Diagnose)]
    [InlineData("Diagnosis", "Related pods", Phase.Diagnose)]
    [InlineData("Diagnosis", "References", Phase.Reference)]
    [InlineData("Diagnosis", "Background", Phase.Context)]
    [InlineData("Diagnosis", "Mitigation", Phase.Resolve)]
    [InlineData("Verification", "Metrics", Phase.Verify)]
    [InlineData("Overview", "Useful commands", Phase.Reference)]
    public void A_heading_below_another_keeps_its_phase_unless_it_names_one_itself(
        string above, string heading, Phase phase)
    {
        var runbook = Compiler.Compile(new RunbookSource("x.md", $"""
            # Broker down

            **Alert**: `BrokerDown`

            ## {above}

            ### {heading}

            ```bash
            kubectl get pods -n shop
            ```
            """));

        Assert.Equal(phase, runbook.Procedures.SelectMany(procedure => procedure.Sections).Last().Phase);
    }

    [Fact]
    public void Every_command_of_the_systems_own_runbooks_stands_in_the_phase_of_its_chapter()
    {
        var runbooks = Directory.EnumerateFiles(Path.Combine(Root(), "systems"), "*.md", SearchOption.AllDirectories)
            .Where(path => path.Contains("/runbooks/", StringComparison.Ordinal))
            .Where(path => File.ReadLines(path).Any(line => line.TrimStart('#') is " Diagnosis")).ToList();
        Assert.NotEmpty(runbooks);
        foreach (var path in runbooks)
        {
            var lines = File.ReadAllLines(path);
            var runbook = Compiler.Compile(new RunbookSource(path, string.Join('\n', lines)));
            var placed = Acceptance.Seeds.Commands(runbook)
                .Select(command => (command.Span.Line, command.Phase,
                    Chapter: lines.Take(command.Span.Line).Aggregate(Phase.Context, Chapter)))
                .Where(command => command.Chapter != Phase.Context).ToList();
            Assert.NotEmpty(placed);
            Assert.All(placed, command =>
                Assert.Equal((path, command.Line, command.Chapter), (path, command.Line, command.Phase)));
        }
    }

    // A document for one alert has its chapters at level 2, one for several alerts at level 3, below the alert.
    private static Phase Chapter(Phase before, string line) => line switch
    {
        "## Diagnosis" or "### Diagnosis" => Phase.Diagnose,
        "## Resolution" or "### Resolution" => Phase.Resolve,
        "## Verification" or "### Verification" => Phase.Verify,
        _ => line.StartsWith("## ", StringComparison.Ordinal) ? Phase.Context : before,
    };

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
