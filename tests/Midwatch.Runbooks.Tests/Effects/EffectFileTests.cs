using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Effects.Files;
using Midwatch.Shell.Syntax;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Tests.Effects;

/// <summary>Effect data that users add with <c>--effects</c>.</summary>
public sealed class EffectFileTests
{
    private const string Restore = """
        tools:
          - tool: shopctl
            effect: unknown
            values: [-n]
            verbs:
              status|list: {effect: read}
              reindex: {effect: change, marks: [disrupts], action: restart}
              wipe: {effect: destroy, why: All orders are deleted.}
        """;

    [Theory]
    [InlineData("shopctl status -n eu", "read")]
    [InlineData("shopctl reindex", "change disrupts")]
    [InlineData("kubectl exec web-0 -- shopctl wipe", "destroy")]
    [InlineData("shopctl frob", "unknown")]
    [InlineData("shopctl status --frob", "unknown")]
    [InlineData("kubectl get pods", "read")]
    public void A_program_of_a_users_own_is_judged_as_its_file_says(string command, string expected) =>
        Assert.Equal(expected, Judging.Shown(Of(command, Restore)));

    [Fact]
    public void A_file_cannot_make_a_built_in_program_milder_unless_it_says_so()
    {
        const string Mild = """
            tools:
              - tool: kubectl
                effect: read
                lenient: true
            """;

        Assert.Equal(Effect.Destroy, Of("kubectl delete pod x", Mild).Effect);
        Assert.Equal(["--context"], Of("kubectl get pods --context prod", Mild).Elsewhere);
        Assert.Equal(Effect.Read, Of("kubectl delete pod x", Mild + "\n    replaces: true").Effect);
    }

    [Fact]
    public void A_file_can_make_a_built_in_program_worse()
    {
        const string Worse = """
            tools:
              - tool: kubectl
                effect: read
                lenient: true
                rules:
                  - {operand: '^top$', at: 0, effect: change, why: Here it wakes the metrics server.}
            """;

        Assert.Equal(Effect.Change, Of("kubectl top pods", Worse).Effect);
        Assert.Equal(Effect.Read, Of("kubectl get pods", Worse).Effect);
    }

    [Theory]
    [InlineData("tools:\n  - tool: x\n    efect: read", "own.yaml:3:5: 'efect' is not known here")]
    [InlineData("tools:\n  - tool: x\n    effect: reads", "own.yaml:3:13: 'reads' is none of read, change")]
    [InlineData("tools:\n  - effect: read", "own.yaml:2:5: It needs tool or names.")]
    [InlineData("tools:\n  - tool: x\n    marks: [loud]", "own.yaml:3:13: 'loud' is none of disrupts")]
    [InlineData("tools:\n  - tool: x\n    rules: [{operand: '('}]", "own.yaml:3:23: '(' is no expr")]
    [InlineData("tools:\n  - tool: x\n    rules:\n      - {at: one}", "own.yaml:4:14: 'one' is no number.")]
    [InlineData("tools:\n  - tool: x\n    lenient: yes", "own.yaml:3:14: 'yes' is neither true nor false.")]
    [InlineData("tools:\n  - tool: x\n    options: {-o: {effect: read}}", "own.yaml:3:19: With 'effect' it ne")]
    [InlineData("tools:\n  - tool: x\n    use: [nothing]", "own.yaml:1:1: own.yaml: there is no set 'nothing'.")]
    [InlineData("tools: {", "own.yaml:2:1: This is no YAML")]
    [InlineData("", "own.yaml:1:1: A file holds one YAML document")]
    [InlineData("- x", "own.yaml:1:1: A mapping belongs here.")]
    [InlineData("sets: {}", "own.yaml:1:1: It needs tools.")]
    public void What_is_wrong_with_a_file_is_told_with_its_place(string text, string expected)
    {
        var (judge, problems) = EffectJudge.With([new EffectFile("own.yaml", text)]);

        Assert.Null(judge);
        Assert.StartsWith(expected, problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_stands_in_one_file()
    {
        var (judge, problems) =
            EffectJudge.With([new EffectFile("a.yaml", Restore), new EffectFile("b.yaml", Restore)]);

        Assert.Null(judge);
        Assert.Contains("already in a.yaml", Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_built_in_files_fit_the_published_schema()
    {
        var schema = new EffectSchema();
        var index = Midwatch.Runbooks.Data.DataFile.Read("Effects/Data/index.yaml");
        foreach (var file in index.Keys)
        {
            var path = Path.Combine(Repository.Root, $"src/Midwatch.Runbooks/Effects/Data/{file}.yaml");
            var yaml = new YamlStream();
            yaml.Load(new StringReader(File.ReadAllText(path)));

            var problems = schema.Check(yaml.Documents[0].RootNode, file).ToList();
            Assert.True(problems.Count == 0, string.Join('\n', problems));
        }
    }

    [Fact]
    public void The_published_schema_is_the_one_that_is_used() => Assert.Equal(
        File.ReadAllText(Path.Combine(Repository.Root, "src/Midwatch.Runbooks/Effects/Data/effects.schema.json")),
        File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/schemas/effects.schema.json")));

    private static CommandEffect Of(string command, string file)
    {
        var (judge, problems) = EffectJudge.With([new EffectFile("own.yaml", file)]);
        Assert.Empty(problems);
        return judge!.Judge(ShellParser.Parse(command, ShellParserOptions.Runbook).Script, command);
    }
}
