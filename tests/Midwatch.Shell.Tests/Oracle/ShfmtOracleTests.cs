using Midwatch.Shell.Tests.Interpretation.Differential;
using Midwatch.Shell.Tests.Syntax;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>What mvdan/sh reads is what we read: the same texts accepted, the same trees.</summary>
public sealed class ShfmtOracleTests
{
    private const int ConstructsMax = 40;
    private const double ShareMax = 0.002;

    [Fact]
    public async Task Our_own_blocks_read_as_shfmt_reads_them()
    {
        Assert.SkipUnless(Shfmt.IsInstalled, "shfmt is not installed: apt-get install shfmt.");
        var report = await CompareAsync(Scripts.Curated().Select((text, i) => new CorpusBlock($"block {i + 1}", text)));
        Assert.True(report.Unexplained.Count == 0, report.Describe());
    }

    [Fact]
    public async Task The_blocks_of_the_seeds_read_as_shfmt_reads_them()
    {
        Assert.SkipUnless(Shfmt.IsInstalled, "shfmt is not installed: apt-get install shfmt.");
        var blocks = Scripts.OfSeeds();
        Assert.SkipWhen(blocks.Count == 0, "The seeds are not here: set MIDWATCH_SHARED.");
        var report = await CompareAsync(blocks.Select((text, i) => new CorpusBlock($"block {i + 1}", text)));
        Assert.True(report.Unexplained.Count == 0, report.Describe());
    }

    [Fact]
    public async Task Made_up_scripts_read_as_shfmt_reads_them()
    {
        Assert.SkipUnless(Shfmt.IsInstalled, "shfmt is not installed: apt-get install shfmt.");
        const int Texts = 20;
        const int ScriptsInText = 30;

        // Many to a text: starting shfmt takes longer than what it does. A key with a blank it takes for arithmetic
        // (key-of-any-text), and reads no further.
        var report = await CompareAsync(Enumerable.Range(0, Texts).Select(n => new CorpusBlock(
            $"made-up text {n}",
            string.Concat(Enumerable.Range(0, ScriptsInText)
                .Select(i => new ScriptGrammar((uint)(((n * ScriptsInText) + i + 1) * 6_271)).Script()
                    .Replace("map[y z]", "map[yz]", StringComparison.Ordinal))))));
        Assert.True(report.Unexplained.Count == 0, report.Describe());
    }

    [Fact]
    public async Task The_scripts_of_this_machine_read_as_shfmt_reads_them()
    {
        Assert.SkipUnless(Shfmt.IsInstalled, "shfmt is not installed: apt-get install shfmt.");
        const int ScriptsMax = 60;
        var all = Scripts.OfMachine().ToList();
        Assert.SkipWhen(all.Count == 0, "There are no shell scripts on this machine.");
        var step = Environment.GetEnvironmentVariable("MIDWATCH_LONG") is null ? 1 + (all.Count / ScriptsMax) : 1;
        var report = await CompareAsync(
            all.Where((_, i) => i % step == 0).Select((text, i) => new CorpusBlock($"script {i * step}", text)));
        Assert.True(report.Unexplained.Count == 0, report.Describe());
    }

    [Fact]
    public async Task A_corpus_reads_as_shfmt_reads_it()
    {
        Assert.SkipUnless(Shfmt.IsInstalled, "shfmt is not installed: apt-get install shfmt.");
        Assert.SkipWhen(CorpusFolder.Chosen is null, "No corpus: set MIDWATCH_CORPUS to a folder of repositories.");
        var report = await CompareAsync(CorpusFolder.Read(CorpusFolder.Chosen!));
        TestContext.Current.TestOutputHelper?.WriteLine(report.Describe());
        if (Environment.GetEnvironmentVariable("MIDWATCH_ORACLE_REPORT") is { Length: > 0 } path)
        {
            await File.WriteAllTextAsync(path, report.Describe(), TestContext.Current.CancellationToken);
        }

        Assert.True(report.Unexplained.Count == 0, report.Describe());
        Assert.All(report.Shares, share => Assert.InRange(share.Value, 0, ShareMax));
    }

    [Fact]
    public async Task Every_deliberate_difference_is_one_and_is_told_by_its_place()
    {
        Assert.SkipUnless(Shfmt.IsInstalled, "shfmt is not installed: apt-get install shfmt.");
        Assert.InRange(DeliberateDifference.All.Count, 1, ConstructsMax);
        await using var shfmt = new Shfmt();
        var failures = new List<string>();
        foreach (var difference in DeliberateDifference.All)
        {
            // Behind other text, so that the place counts.
            var text = "before=1\necho é\n" + difference.Example + "\n";
            var comparison = await Comparison.MakeAsync(text, shfmt, new OperatorNames());
            var explained = DeliberateDifference.All.Where(other => other.Explains(comparison)).Select(d => d.Id);
            if (!explained.Contains(difference.Id))
            {
                failures.Add($"{difference.Id}: {comparison.Describe()} [{string.Join(' ', explained)}]");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static async Task<OracleReport> CompareAsync(IEnumerable<CorpusBlock> blocks)
    {
        var report = new OracleReport();
        var operators = new OperatorNames();
        await using var shfmt = new Shfmt();
        await Parallel.ForEachAsync(
            blocks,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (block, _) => report.Add(
                block.Origin, await Comparison.MakeAsync(block.Text, shfmt, operators)));
        return report;
    }
}
