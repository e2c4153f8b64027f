using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Midwatch.Processes;
using Midwatch.Shell.Syntax;
using Midwatch.Shell.Tests.Interpretation;

namespace Midwatch.Shell.Tests.Syntax;

/// <summary>What mvdan/sh reads is what we read: the same texts accepted, the same trees.</summary>
public sealed class ShfmtOracleTests
{
    private const string Shfmt = "/usr/bin/shfmt";

    // Where shfmt 3.6 reads otherwise than bash 5.2 does, and we read as bash.
    private static readonly (string Why, Regex Construct)[] Deliberate =
    [
        ("! in [[ ]] binds tighter than && and ||", new Regex(@"\[\[ ! [^\]]*(&&|\|\|)")),
        ("a function's body ends before && and ||", new Regex(@"^\s*\}\s*(&&|\|\|)|\}\s*&&", RegexOptions.Multiline)),
        ("a backslash within backticks protects a backslash", new Regex(@"`[^`]*\\[^`]*`")),
        ("a single quote in a quoted ${x:-'y'} is text", new Regex(@"""\$\{\w+:-'")),
        ("# behind a closing quote begins no comment", new Regex("\"#")),
        ("$(( may open a substitution with a subshell", new Regex(@"\$\(\(")),
        ("<<- drops tabs, which shfmt keeps", new Regex("<<-")),
    ];

    [Fact]
    public async Task Curated_scripts_and_the_seeds_read_as_shfmt_reads_them()
    {
        Assert.SkipUnless(File.Exists(Shfmt), "shfmt is not installed: apt-get install shfmt.");
        string[] scripts = [.. Scripts.Curated(), .. Scripts.OfSeeds().Where(IsPlainBash)];

        // All in one call, as long as they agree.
        var together = string.Concat(scripts.Where(script => !IsDeliberate(script)).Select(script => script + "\n"));
        var differences = await CompareAsync([together]);
        differences = differences.Count == 0 ? [] : await CompareAsync(scripts);
        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences)}");
    }

    [Fact]
    public async Task The_scripts_of_this_machine_read_as_shfmt_reads_them()
    {
        Assert.SkipUnless(File.Exists(Shfmt), "shfmt is not installed: apt-get install shfmt.");
        const int ScriptsMax = 60;
        var all = Scripts.OfMachine().ToList();
        Assert.SkipWhen(all.Count == 0, "There are no shell scripts on this machine.");
        var step = Environment.GetEnvironmentVariable("MIDWATCH_LONG") is null ? 1 + (all.Count / ScriptsMax) : 1;
        var differences = await CompareAsync([.. all.Where((_, i) => i % step == 0)]);
        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences)}");
    }

    private static bool IsDeliberate(string script) =>
        Deliberate.Any(difference => difference.Construct.IsMatch(script));

    // A placeholder in angles is a redirection to shfmt.
    private static bool IsPlainBash(string block) => !ShellTree
        .Descendants(ShellParser.Parse(block, ShellParserOptions.Runbook).Script)
        .Any(node => node is WordPart.Placeholder);

    private static async Task<List<string>> CompareAsync(IReadOnlyList<string> scripts)
    {
        await using var starter = new ProgramStarter();
        var operators = new OperatorNames();
        var differences = new List<string>();
        foreach (var script in scripts)
        {
            var ours = ShellParser.Parse(script, ShellParserOptions.Bash);
            var json = await RunAsync(starter, script);
            if (json is null || !ours.IsSound)
            {
                if (json is null == ours.IsSound && !IsDeliberate(script))
                {
                    differences.Add(
                        $"{Head(script)}  {(json is null ? "shfmt refuses" : ours.Diagnostics[0].Format(script))}");
                }

                continue;
            }

            var theirs = new ShfmtTree();
            theirs.Add(JsonNode.Parse(json, documentOptions: new() { MaxDepth = 1000 }));
            var tree = new NormalTree();
            tree.Statements(ours.Script.Statements);
            if (operators.FirstDifference(tree.Tokens, theirs.Tokens) is { } difference && !IsDeliberate(script))
            {
                differences.Add($"{Head(script)}  {difference}");
            }
        }

        return differences;
    }

    private static string Head(string script) => script.Length <= 300 ? script : script[..60] + "…\n";

    private static async Task<string?> RunAsync(ProgramStarter starter, string script)
    {
        using var folder = new Folder();
        await File.WriteAllTextAsync(folder.File("in"), script);
        using var input = File.OpenHandle(folder.File("in"));
        using var output = File.OpenHandle(folder.File("out"), FileMode.Create, FileAccess.Write);
        var result = starter.Start(new ProgramSpec
        {
            Argv = [Shfmt, "-ln", "bash", "-tojson"],
            Environment = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty,
            WorkingDirectory = folder.Path,
            StandardInput = input,
            StandardOutput = output,
        });
        var started = Assert.IsType<StartResult.Started>(result);
        await using var program = started.Program;
        var status = await program.Exited;
        return status.Code == 0 ? await File.ReadAllTextAsync(folder.File("out")) : null;
    }
}
