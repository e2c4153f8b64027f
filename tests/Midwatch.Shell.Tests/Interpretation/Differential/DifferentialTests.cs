namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>
/// Runs the same scripts in bash and in the interpreter: output, exit status, files and what stand-ins were called with
/// must be the same, outside of the listed differences.
/// </summary>
public sealed class DifferentialTests
{
    private const int ScriptsInEveryRun = 2_600;
    private const int ScriptsInALongRun = 20_000;
    private const int DifferencesShown = 12;

    private static string Scripts => Path.Combine(AppContext.BaseDirectory, "Scripts");

    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Scripts, "*.sh").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public async Task The_interpreter_does_what_bash_does(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Scripts, file), TestContext.Current.CancellationToken);
        await CompareAsync(text.Split("#---\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Made_up_scripts_do_what_bash_does()
    {
        var isLong = Environment.GetEnvironmentVariable("MIDWATCH_LONG") is not null;
        var first = Setting("MIDWATCH_SEED") ?? 1;
        var count = Setting("MIDWATCH_SCRIPTS") ?? (isLong ? ScriptsInALongRun : ScriptsInEveryRun);
        await CompareAsync([.. Enumerable.Range(first, count).Select(n => new ScriptGrammar((uint)n * 7919).Script())]);
    }

    [Fact]
    public async Task Every_listed_difference_is_one()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no /bin/bash.");
        var listed = DeliberateDifferences.Read();
        var results = await ScriptComparison.RunAsync(
            [.. listed.Select(difference => difference.Example)], TestContext.Current.CancellationToken);
        Assert.All(listed.Zip(results), pair =>
        {
            var (difference, result) = pair;
            Assert.False(result.Bash.IsLike(result.Midwatch), $"{difference.Construct} does not differ: {result}");
            Assert.Equal(
                difference.Construct != "complaints",
                DeliberateDifferences.Explain([difference], difference.Example));
            Assert.NotEmpty(difference.Reason);
        });
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : null;

    private static async Task CompareAsync(string[] scripts)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no /bin/bash.");
        var results = await ScriptComparison.RunAsync(scripts, TestContext.Current.CancellationToken);
        var listed = DeliberateDifferences.Read();
        var differences = results.Where(result => !result.Bash.IsLike(result.Midwatch)
            && !DeliberateDifferences.Explain(listed, result.Script)).ToArray();
        var shown = differences.Take(DifferencesShown)
            .Select(result => $"{result.Script}  bash:     {result.Bash}\n  midwatch: {result.Midwatch}\n");
        Assert.True(
            differences.Length == 0, $"{differences.Length} of {scripts.Length} differ:\n{string.Join('\n', shown)}");
    }
}
