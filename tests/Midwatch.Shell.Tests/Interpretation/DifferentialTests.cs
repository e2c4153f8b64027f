using Midwatch.Processes;

namespace Midwatch.Shell.Tests.Interpretation;

/// <summary>
/// Runs the same scripts in bash and in the interpreter: output, exit status and files must be the same.
/// </summary>
public sealed class DifferentialTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Scripts"), "*.sh")
            .Select(path => Path.GetFileName(path))];

    [Theory, MemberData(nameof(Files))]
    public async Task The_interpreter_does_what_bash_does(string file)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no /bin/bash.");
        var text = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Scripts", file), TestContext.Current.CancellationToken);
        var scripts = text.Split("#---\n", StringSplitOptions.RemoveEmptyEntries);
        await CompareAsync(scripts);
    }

    [Fact]
    public async Task Made_up_scripts_do_what_bash_does()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no /bin/bash.");
        var count = Environment.GetEnvironmentVariable("MIDWATCH_LONG") is null ? 150 : 5_000;
        await CompareAsync(
            [.. Enumerable.Range(1, count).Select(seed => new ScriptGrammar((uint)seed * 7919).Script())]);
    }

    private static async Task CompareAsync(string[] scripts)
    {
        await using var starter = new ProgramStarter();
        var differences = new List<string>();
        foreach (var script in scripts)
        {
            var expected = await ScriptRun.InBashAsync(starter, script);
            var actual = await ScriptRun.InMidwatchAsync(new RealPrograms(starter), script);
            if ((expected.Output, expected.Status, expected.Files) != (actual.Output, actual.Status, actual.Files))
            {
                differences.Add($"{script}  bash:     {Show(expected)}\n  midwatch: {Show(actual)}\n");
            }
        }

        Assert.True(
            differences.Count == 0,
            $"{differences.Count} of {scripts.Length} differ:\n{string.Join('\n', differences)}");
    }

    private static string Show(ScriptRun run) =>
        $"[{run.Status}] «{run.Output}» files «{run.Files}» stderr «{run.Complaints}»";
}
