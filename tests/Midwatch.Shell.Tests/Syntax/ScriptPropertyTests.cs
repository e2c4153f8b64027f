using Midwatch.Shell.Syntax;
using Midwatch.Shell.Tests.Interpretation.Differential;

namespace Midwatch.Shell.Tests.Syntax;

/// <summary>What holds for the tree of any script that the grammar makes up.</summary>
public sealed class ScriptPropertyTests
{
    private static readonly int Count =
        Environment.GetEnvironmentVariable("MIDWATCH_LONG") is null ? 600 : 20_000;

    [Fact]
    public void A_made_up_script_is_printed_so_that_it_reads_back_the_same()
    {
        foreach (var text in Texts())
        {
            Assert.True(ShellParser.Parse(text, ShellParserOptions.Bash).IsSound, text);
            Assert.Null(RoundTrip.Failure(text, ShellParserOptions.Bash));
        }
    }

    /// <summary>The text of a statement's span, read alone, is that statement.</summary>
    [Fact]
    public void What_a_span_holds_reads_as_the_node()
    {
        var seen = 0;
        foreach (var text in Texts())
        {
            var script = ShellParser.Parse(text, ShellParserOptions.Bash).Script;
            foreach (var statement in Outside(script).OfType<Statement>().Where(StandsAlone))
            {
                var part = text[statement.Span.Start..statement.Span.End];
                var alone = ShellParser.Parse(part, ShellParserOptions.Bash);
                Assert.True(alone.IsSound, $"{part}\n-- of --\n{text}");
                Assert.Equal(TreeText.Of(statement), TreeText.Of(Assert.Single(alone.Script.Statements)));
                seen++;
            }
        }

        Assert.True(seen > Count, $"{seen}");
    }

    [Fact]
    public void Words_and_parts_lie_where_their_spans_say()
    {
        foreach (var text in Texts())
        {
            var script = ShellParser.Parse(text, ShellParserOptions.Bash).Script;
            foreach (var word in Outside(script).OfType<Command.Simple>()
                .Where(StandsAlone).SelectMany(command => command.Words))
            {
                var part = text[word.Span.Start..word.Span.End];
                var alone = ShellParser.Parse("x " + part, ShellParserOptions.Bash).Script.Statements;
                var simple = Assert.IsType<Command.Simple>(Assert.Single(alone).Command);
                Assert.Equal(TreeText.Of(word), TreeText.Of(Assert.Single(simple.Words.Skip(1))));
            }
        }
    }

    private static IEnumerable<string> Texts() =>
        Scripts.Curated().Concat(Enumerable.Range(1, Count).Select(n => new ScriptGrammar((uint)n * 104_729).Script()));

    /// <summary>The nodes that are no part of backticks, which take one layer of backslashes off.</summary>
    private static IEnumerable<ShellNode> Outside(ShellNode node) => ShellTree.Children(node)
        .Where(child => child is not WordPart.CommandSubstitution { Backticks: true })
        .SelectMany(child => Outside(child).Prepend(child));

    // A here-document lies behind the span of its statement.
    private static bool StandsAlone(ShellNode node) => !ShellTree.Descendants(node)
        .Any(inner => inner is HereDocument or WordPart.CommandSubstitution { Backticks: true });
}
