using System.Text;
using Midwatch.Shell.Syntax;
using Midwatch.Shell.Tests.Oracle;

namespace Midwatch.Shell.Tests.Syntax;

/// <summary>Whatever comes in, the parser answers: no exception, no deep stack, no endless time.</summary>
public sealed class ShellParserFuzzTests
{
    // Only to end a test that would never end; nothing is measured by it.
    private static readonly TimeSpan HangAfter = TimeSpan.FromMinutes(3);

    private static readonly bool Long = Environment.GetEnvironmentVariable("MIDWATCH_LONG") is not null;

    [Theory]
    [InlineData("(")]
    [InlineData("$(")]
    [InlineData("$((")]
    [InlineData("{ ")]
    [InlineData("\"$(")]
    [InlineData("${x:-")]
    [InlineData("\"${x:-")]
    [InlineData("${x[")]
    [InlineData("a[$(")]
    [InlineData("if ")]
    [InlineData("! ")]
    [InlineData("((")]
    [InlineData("[[ ! ")]
    [InlineData("[[ (")]
    [InlineData("$((1+(")]
    [InlineData("$((x?")]
    [InlineData("$((-")]
    [InlineData("$((2**")]
    [InlineData("$((x=")]
    [InlineData("time ")]
    [InlineData("coproc ")]
    [InlineData("<(")]
    [InlineData("f() ")]
    [InlineData("f() {")]
    [InlineData("@(")]
    [InlineData("case x in a) ")]
    [InlineData("while ")]
    [InlineData("for x in a; do ")]
    [InlineData("cat <<E\n$(")]
    public void What_nests_without_end_is_refused(string opening)
    {
        var text = string.Concat(Enumerable.Repeat(opening, 100_000));
        Assert.False(Parse(text, ShellParserOptions.Bash).IsSound);
        Parse(text, ShellParserOptions.Runbook);
    }

    // What fails within a here-document ends the reading of what stands around it too; this one once never ended.
    [Theory]
    [InlineData("$(cat <<E\n$( (n n)+= 2)\nE\n}\n")]
    [InlineData("`cat <<E\n$( (n n)+= 2)\nE\n}\n`")]
    [InlineData("{ cat <<E\n$( (n n)+= 2)\nE\n)\n")]
    public void A_failure_within_a_here_document_is_the_end(string text)
    {
        Assert.Single(Parse(text, ShellParserOptions.Bash).Diagnostics);
        Assert.Single(Parse(text, ShellParserOptions.Runbook).Diagnostics);
    }

    [Theory]
    [InlineData("1+", "$((", "1))")]
    [InlineData("1,", "((", "1))")]
    [InlineData("a && ", "[[ ", "b ]]")]
    [InlineData("a || ", "[[ ", "b ]]")]
    public void Expressions_of_very_many_operators_are_refused(string piece, string before, string after)
    {
        var text = before + string.Concat(Enumerable.Repeat(piece, 100_000)) + after;
        var result = Parse(text, ShellParserOptions.Bash);
        Assert.Equal("SH1009", Assert.Single(result.Diagnostics).Code);
        var fewer = before + string.Concat(Enumerable.Repeat(piece, 300)) + after;
        Assert.True(Parse(fewer, ShellParserOptions.Bash).IsSound);
    }

    [Theory]
    [InlineData("a && ")]
    [InlineData("a | ")]
    [InlineData("a; ")]
    [InlineData("a\n")]
    [InlineData("'a'")]
    [InlineData("$x")]
    [InlineData("[ ")]
    [InlineData("[")]
    [InlineData("x=([ ")]
    [InlineData("a[b] ")]
    [InlineData("${x} ")]
    [InlineData("$((1)) ")]
    [InlineData("((a) b) ")]
    [InlineData("$((a) b) ")]
    [InlineData("`a` ")]
    [InlineData("<x ")]
    [InlineData("<pod-name> ")]
    [InlineData("{{ .x }} ")]
    [InlineData("POD_NAME ")]
    [InlineData("A")]
    [InlineData("a#")]
    [InlineData("\\\n")]
    [InlineData("\\ ")]
    [InlineData("cat <<E\na\nE\n")]
    [InlineData("cat <<E;")]
    [InlineData("if a; then b; fi; ")]
    [InlineData("elif a; then b; ")]
    [InlineData("f() { a; }; ")]
    [InlineData("...")]
    [InlineData("é😀")]
    public async Task A_megabyte_of_one_thing_is_read_in_bounded_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var cancellationToken = TestContext.Current.CancellationToken;
        var work = Task.Run(
            () =>
            {
                Parse(text, ShellParserOptions.Bash);
                Parse(text, ShellParserOptions.Runbook);
            },
            cancellationToken);
        await work.WaitAsync(HangAfter, cancellationToken);
    }

    [Fact]
    public void Random_bytes_are_answered()
    {
        var dice = new Dice(20_261_121);
        for (var i = 0; i < (Long ? 200_000 : 5_000); i++)
        {
            byte[] bytes = [.. Enumerable.Range(0, dice.Next(200)).Select(_ => (byte)dice.Next(256))];
            Answered(Encoding.Latin1.GetString(bytes));
            Answered(Encoding.UTF8.GetString(bytes));
        }
    }

    [Fact]
    public void Blocks_with_pieces_taken_out_or_doubled_are_answered()
    {
        var dice = new Dice(3);
        string[] blocks = [.. Scripts.Curated(), .. Scripts.OfSeeds()];
        for (var i = 0; i < (Long ? 200_000 : 6_000); i++)
        {
            var text = new StringBuilder(blocks[dice.Next(blocks.Length)]);
            for (var edits = 1 + dice.Next(3); edits > 0 && text.Length > 0; edits--)
            {
                var at = dice.Next(text.Length);
                var length = Math.Min(1 + dice.Next(5), text.Length - at);
                var piece = text.ToString(at, length);
                _ = dice.Next(2) == 0 ? text.Remove(at, length) : text.Insert(dice.Next(text.Length), piece);
            }

            Answered(text.ToString());
        }
    }

    [Fact]
    public void Every_beginning_of_a_corpus_s_blocks_is_answered()
    {
        Assert.SkipWhen(CorpusFolder.Chosen is null, "No corpus: set MIDWATCH_CORPUS to a folder of repositories.");
        var dice = new Dice(7);
        foreach (var block in CorpusFolder.Read(CorpusFolder.Chosen!).Where(block => block.Text.Length < 20_000))
        {
            Answered(block.Text[..dice.Next(block.Text.Length)]);
            Answered(block.Text[dice.Next(block.Text.Length)..]);
        }
    }

    [Fact]
    public void Every_block_of_a_corpus_is_printed_so_that_it_reads_back_the_same()
    {
        Assert.SkipWhen(CorpusFolder.Chosen is null, "No corpus: set MIDWATCH_CORPUS to a folder of repositories.");
        var failures = CorpusFolder.Read(CorpusFolder.Chosen!)
            .AsParallel().WithDegreeOfParallelism(2)
            .SelectMany(block => new[] { ShellParserOptions.Bash, ShellParserOptions.Runbook }
                .Select(options => RoundTrip.Failure(block.Text, options))
                .OfType<string>()
                .Select(failure => $"{block.Origin} {failure}"))
            .Take(20)
            .ToList();
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private static void Answered(string text)
    {
        Assert.True(ShellParserPropertyTests.Holds(text, ShellParserOptions.Bash), text);
        Assert.True(ShellParserPropertyTests.Holds(text, ShellParserOptions.Runbook), text);
    }

    // With whoever walks or prints the tree: a tree that is too deep would end the process there.
    private static ShellParseResult Parse(string text, ShellParserOptions options)
    {
        var result = ShellParser.Parse(text, options);
        Assert.All(result.Diagnostics, diagnostic => Assert.InRange(diagnostic.Span.End, 0, text.Length));
        ShellPrinter.Print(result.Script);
        return result;
    }
}
