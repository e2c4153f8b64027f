using Midwatch.Shell.Syntax;
using Midwatch.Shell.Tests.Interpretation.Differential;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>
/// What the normalisation brings to one form means the same in bash, and what means something else stays different.
/// </summary>
public sealed class GroupingTests
{
    [Theory]
    [InlineData(Grouping.PrecedenceInATest, "[[ a && b || c ]]")]
    [InlineData(Grouping.PrecedenceInATest, "[[ a || b && c || d && ! e || f ]]")]
    [InlineData(Grouping.PrecedenceInATest, "[[ ! a && -f b ]] && [[ -d c && d || e ]]")]
    [InlineData(Grouping.PrecedenceInATest, "[[ a && ( b && c || d ) || e ]]")]
    [InlineData(Grouping.ListBehindAFunction, "later() { true; } && echo declared")]
    [InlineData(Grouping.ListBehindAFunction, "later() ( true ) > file && echo declared || echo not")]
    public async Task What_shfmt_groups_otherwise_is_alike_once_grouped_as_bash_groups(string grouping, string text)
    {
        Assert.SkipUnless(Shfmt.IsInstalled, "shfmt is not installed: apt-get install shfmt.");
        await using var shfmt = new Shfmt();
        var comparison = await Comparison.MakeAsync(text, shfmt, new OperatorNames());
        Assert.True(comparison.Kind == ComparisonKind.Alike, comparison.Describe());
        Assert.Equal([grouping], comparison.Regrouped);
    }

    // Grouped as shfmt groups, each would print nothing.
    [Theory]
    [InlineData("[[ '' && x || y ]] && echo by precedence", "by precedence\n")]
    [InlineData("[[ ! '' && '' || y ]] && echo by precedence", "by precedence\n")]
    [InlineData("later() { false; } && echo declared", "declared\n")]
    public async Task Bash_groups_so(string text, string printed)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no /bin/bash.");
        var result = Assert.Single(await ScriptComparison.RunAsync(
            [new ComparedScript(text + "\n")], TestContext.Current.CancellationToken));
        Assert.Equal(printed, result.Bash.Output);
        Assert.Equal(printed, result.Midwatch.Output);
    }

    // The same words at the same places in each pair, so that the grouping alone can tell them apart.
    [Theory]
    [InlineData("[[  a && (b || c) ]]", "[[ (a &&  b)|| c  ]]")]
    [InlineData("[[  a &&  b || c  ]]", "[[  a && (b || c) ]]")]
    [InlineData("[[ (a ||  b)&& c  ]]", "[[  a ||  b && c  ]]")]
    [InlineData("[[ !  a && b  ]]", "[[ ! (a && b) ]]")]
    [InlineData("f() { a;  } && b", "f() { a && b; }")]
    [InlineData("f() { a;  } && b", "f() { a;  } || b")]
    [InlineData("f() {  { a; } && b;  }", "f() {    a;   } && b")]
    public async Task Written_parentheses_and_braces_stay(string text, string other)
    {
        Assert.SkipUnless(Shfmt.IsInstalled, "shfmt is not installed: apt-get install shfmt.");
        await using var shfmt = new Shfmt();
        var (ours, theirs) = (Ours(text), await TheirsAsync(text, shfmt));
        var (othersOurs, othersTheirs) = (Ours(other), await TheirsAsync(other, shfmt));
        var operators = new OperatorNames();
        Assert.Null(operators.FirstDifference(ours, theirs));
        Assert.Null(operators.FirstDifference(othersOurs, othersTheirs));
        Assert.NotNull(operators.FirstDifference(ours, othersTheirs));
        Assert.NotNull(operators.FirstDifference(othersOurs, theirs));
    }

    [Fact]
    public async Task A_tree_of_ours_that_is_grouped_from_the_right_is_seen()
    {
        Assert.SkipUnless(Shfmt.IsInstalled, "shfmt is not installed: apt-get install shfmt.");
        const string Text = "[[ a && b || c ]]";
        await using var shfmt = new Shfmt();
        var script = ShellParser.Parse(Text, ShellParserOptions.Bash).Script;
        var statement = Assert.Single(script.Statements);
        var test = Assert.IsType<Command.Test>(statement.Command);
        var either = Assert.IsType<TestExpression.Or>(test.Expression);
        var both = Assert.IsType<TestExpression.And>(either.Left);
        var fromTheRight = both with { Right = either with { Left = both.Right } };
        var wrong = script with
        {
            Statements = [statement with { Command = test with { Expression = fromTheRight } }],
        };
        var theirs = await TheirsAsync(Text, shfmt);
        Assert.Null(new OperatorNames().FirstDifference(NormalTree.Of(script, Text), theirs));
        Assert.NotNull(new OperatorNames().FirstDifference(NormalTree.Of(wrong, Text), theirs));
    }

    private static IReadOnlyList<Token> Ours(string text) =>
        NormalTree.Of(ShellParser.Parse(text, ShellParserOptions.Bash).Script, text);

    private static async Task<IReadOnlyList<Token>> TheirsAsync(string text, Shfmt shfmt)
    {
        var (tree, error) = await shfmt.ReadAsync(text);
        Assert.True(tree is not null, error);
        return ShfmtTree.Of(tree, text).Tokens;
    }
}
