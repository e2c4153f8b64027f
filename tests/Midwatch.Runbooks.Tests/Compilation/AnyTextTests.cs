using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Export;

namespace Midwatch.Runbooks.Tests.Compilation;

public sealed class AnyTextTests
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());

    private static readonly string[] Pieces =
    [
        "# Title\n", "## Diagnosis\n", "### Scenario 1: Broken\n", "**Alert**: `HighErrorRate`\n",
        "**If pod crashed:**\n", "```bash\n", "```\n", "~~~\n",
        "kubectl get pods\n", "$ kubectl delete pod <pod>\n", "# Expected: {\"a\": 1}\n", "# - x → y\n", "- item\n",
        "  1. nested\n", "    indented\n", "| a | b |\n|---|---|\n| `kubectl get x` | y |\n",
        "> quote\n", "\n", "\t", "'", "\"", "`", "$(", "<<EOF\n", "EOF\n", "\\ \n", "kubectl —n x\n", "---\n",
        "<div>\n", "[a]: http://b\n", "\r\n", "é€𝄞", "wait 5 minutes\n", "&", "\u0007", "***", "{{ .x }}",
    ];

    private static readonly Arbitrary<string> Documents = Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(string.Concat),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")).ToArbitrary();

    [Fact]
    public void Any_text_compiles_to_the_same_thing_twice() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(150),
        Prop.ForAll(Documents, text => Json(text) == Json(text)));

    [Fact]
    public void Every_line_that_is_not_blank_lies_in_exactly_one_node() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(150),
        Prop.ForAll(Documents, text =>
        {
            var runbook = Compiler.Compile(new RunbookSource("x.md", text));
            var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
            return Enumerable.Range(1, lines.Length).All(line =>
            {
                var count = runbook.Nodes.Count(node => node.Line <= line && line <= node.EndLine);
                return count == 1 || (count == 0 && string.IsNullOrWhiteSpace(lines[line - 1]));
            });
        }));

    [Fact]
    public void Every_command_stands_where_it_says() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(150),
        Prop.ForAll(Documents, text =>
        {
            var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
            return Acceptance.Seeds.Commands(Compiler.Compile(new RunbookSource("x.md", text))).All(command =>
                lines[command.Span.Line - 1]
                    .Contains(command.Text.Split('\n')[0].TrimEnd('\r'), StringComparison.Ordinal));
        }));

    [Fact]
    public void A_pipeline_is_as_bad_as_its_worst_part()
    {
        var commands =
            Gen.Elements("kubectl get pods", "grep x", "kubectl delete pod x", "frobnicate", "tee out", "jq .",
                "xargs kubectl scale deploy/x --replicas=0", "sort -o x").ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(100),
            Prop.ForAll(commands, commands, (left, right) =>
            {
                var whole = Effects.Judging.Of($"{left} | {right}").Effect;
                return whole == new[] { Effects.Judging.Of(left).Effect, Effects.Judging.Of(right).Effect }.Max();
            }));
    }

    private static string Json(string text)
    {
        using var stream = new MemoryStream();
        CompiledJson.Write(stream, [Compiler.Compile(new RunbookSource("x.md", text))]);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
