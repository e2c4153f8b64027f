using System.Globalization;
using System.Reflection;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Export;

namespace Midwatch.Runbooks.Tests.Compilation;

/// <summary>Each <c>Fixtures/X.md</c> compiles to the tree in <c>Fixtures/X.tree.txt</c>.</summary>
public sealed class GoldenTests
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());

    public static TheoryData<string> Fixtures() =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith("Fixtures/", StringComparison.Ordinal)
                && name.EndsWith(".md", StringComparison.Ordinal)
                && !name.Contains("crashers", StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name)),
    ];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_runbook_compiles_to_its_committed_tree(string name)
    {
        var runbook = Compiler.Compile(new RunbookSource($"{name}.md", Read($"Fixtures/{name}.md")));
        using var tree = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };

        CompiledTree.Write(tree, runbook, colour: false);

        Assert.Equal(Read($"Fixtures/{name}.tree.txt"), tree.ToString());
    }

    [Fact]
    public void A_damaged_command_is_refused_and_never_repaired()
    {
        var runbook = Compiler.Compile(new RunbookSource("damaged.md", Read("Fixtures/damaged.md")));

        var refused = Acceptance.Seeds.Commands(runbook)
            .Where(command => command.Script is null && command.Inside is null).ToList();

        Assert.Equal([7, 9, 10], refused.Select(command => command.Span.Line));
        Assert.All(refused, command => Assert.Equal(Effect.Unknown, command.Effect.Effect));
        Assert.Equal(["MW1004", "MW1003", "MW1002", "MW1001"],
            runbook.Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void What_stands_behind_a_prompt_of_another_shell_is_of_that_shell()
    {
        var runbook = Compiler.Compile(new RunbookSource("damaged.md", Read("Fixtures/damaged.md")));

        var inside = Acceptance.Seeds.Commands(runbook).Where(command => command.Inside is not null);
        Assert.Equal(
            ["rm -rf /var/cache: pod of line 15", "DROP TABLE sessions;: database of line 20"],
            inside.Select(each => $"{each.Text}: {each.Inside!.Kind} of line {each.Inside.Line}"));
    }

    [Fact]
    public void A_binary_file_is_refused_with_a_reason()
    {
        var runbook = Compiler.Compile(new RunbookSource("x.md", "# A\0B"));

        Assert.Equal("MW1009", Assert.Single(runbook.Diagnostics).Code);
        Assert.Empty(runbook.Procedures);
    }

    [Fact]
    public void Quotes_nested_ten_thousand_deep_are_a_diagnostic()
    {
        var runbook = Compiler.Compile(new RunbookSource("x.md", new string('>', 10_000) + " a"));

        Assert.NotEmpty(runbook.Diagnostics);
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name);
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
