using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Syntax;

public sealed class ShellPrinterTests
{
    [Fact]
    public void What_is_printed_reads_back_as_the_same_tree()
    {
        var failures = new List<string>();
        foreach (var text in Scripts.Curated())
        {
            Check(text, ShellParserOptions.Bash, failures);
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Fact]
    public void The_seeds_blocks_read_back_with_their_placeholders()
    {
        var blocks = Scripts.OfSeeds();
        Assert.SkipWhen(blocks.Count == 0, "The seeds are not here: set MIDWATCH_SHARED.");
        var failures = new List<string>();
        foreach (var text in blocks)
        {
            Check(text, ShellParserOptions.Runbook, failures);
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static void Check(string text, ShellParserOptions options, List<string> failures)
    {
        var result = ShellParser.Parse(text, options);
        var failure = result.IsSound ? RoundTrip.Failure(text, options) : result.Diagnostics[0].Format(text);
        if (failure is not null)
        {
            failures.Add($"{text}  {failure}");
        }
    }
}
