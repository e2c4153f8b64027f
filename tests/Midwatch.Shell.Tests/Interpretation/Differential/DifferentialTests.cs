namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>
/// Runs the same scripts in bash and in the interpreter: output, exit status, files and what stand-ins were called with
/// must be the same, outside of the listed differences.
/// </summary>
public sealed class DifferentialTests
{
    private const int ScriptsInEveryRun = 2_900;
    private const int ScriptsInALongRun = 20_000;
    private const int DifferencesShown = 12;
    private const double ExcusedMax = 0.005;

    // A plain name, and one that only survives as a single word.
    private static readonly string[] SeedValues = ["web-0", "a  b*;#"];

    private static string Scripts => Path.Combine(AppContext.BaseDirectory, "Scripts");

    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Scripts, "*.sh").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public async Task The_interpreter_does_what_bash_does(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Scripts, file), TestContext.Current.CancellationToken);
        await CompareAsync(text.Split("#---\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(script => new ComparedScript(script)));
    }

    [Fact]
    public async Task Made_up_scripts_do_what_bash_does()
    {
        var isLong = Environment.GetEnvironmentVariable("MIDWATCH_LONG") is not null;
        var first = Setting("MIDWATCH_SEED") ?? 1;
        var count = Setting("MIDWATCH_SCRIPTS") ?? (isLong ? ScriptsInALongRun : ScriptsInEveryRun);
        await CompareAsync(Enumerable.Range(first, count)
            .Select(n => new ComparedScript(new ScriptGrammar((uint)n * 7919).Script())));
    }

    [Fact]
    public async Task The_blocks_of_the_seeds_do_what_they_do_in_bash()
    {
        var blocks = SeedBlocks.Read(SeedValues);
        Assert.SkipWhen(blocks.IsEmpty, "The seeds are not here: set MIDWATCH_SHARED.");
        var results = await CompareAsync(blocks);
        Assert.All(results, result => Assert.Empty(result.Midwatch.Codes));
        Assert.Contains(results, result => result.Bash.Calls.Contains("<a  b*;#>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_listed_difference_is_one()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no /bin/bash.");
        var listed = DeliberateDifferences.Read();
        var results = await ScriptComparison.RunAsync(
            [.. listed.Select(difference => new ComparedScript(difference.Example))],
            TestContext.Current.CancellationToken);
        Assert.All(listed.Zip(results), pair =>
        {
            var (difference, result) = pair;
            Assert.False(result.IsAlike, $"{difference.Construct} does not differ: {result}");
            var explained = DeliberateDifferences.Explain([difference], result) is not null;
            Assert.True(explained == (difference.Construct != "complaints"), $"{difference.Construct}: {result}");
            Assert.NotEmpty(difference.Reason);
        });
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : null;

    private static async Task<IReadOnlyList<ComparedResult>> CompareAsync(IEnumerable<ComparedScript> scripts)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no /bin/bash.");
        var results = await ScriptComparison.RunAsync([.. scripts], TestContext.Current.CancellationToken);
        var listed = DeliberateDifferences.Read();
        var differences = results.Where(result => !result.IsAlike)
            .ToLookup(result => DeliberateDifferences.Explain(listed, result)?.Construct);
        var excused = differences.Where(group => group.Key is not null).ToDictionary(
            group => group.Key!, group => group.Count());
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{results.Length} scripts, {results.Count(result => result.IsAlike)} alike; "
            + $"by the list: {string.Join(", ", excused.Select(pair => $"{pair.Key} {pair.Value}"))}");
        var unexplained = differences[null].ToArray();
        Assert.True(unexplained.Length == 0, $"{unexplained.Length} of {results.Length} differ:\n"
            + string.Join('\n', unexplained.Take(DifferencesShown)));
        Assert.InRange(excused.Values.Sum(), 0, Math.Max(1, results.Length * ExcusedMax));
        return results;
    }
}
