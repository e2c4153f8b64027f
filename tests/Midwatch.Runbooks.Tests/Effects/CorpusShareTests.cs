using System.Globalization;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Tests.Effects;

/// <summary>
/// How much of what real runbooks run the effect data knows. The runbooks are other people's and not committed:
/// MIDWATCH_CORPUS names the folder that holds them.
/// </summary>
public sealed partial class CorpusShareTests(ITestOutputHelper output)
{
    private const double KnownShareLeast = 0.90;
    private const int ShownMost = 60;
    private static readonly ToolLibrary Tools = new();

    [Fact]
    public void Nine_tenths_of_the_programs_that_real_runbooks_run_are_known()
    {
        var folder = Environment.GetEnvironmentVariable("MIDWATCH_CORPUS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder) || !Directory.Exists(folder), "MIDWATCH_CORPUS names no folder.");
        var compiler = new RunbookCompiler(EffectJudge.Default());
        var parts = new List<(CommandEffect Part, string Where)>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Where(IsRunbook))
        {
            var path = Path.GetRelativePath(folder, file);
            var runbook = compiler.Compile(new RunbookSource(path, File.ReadAllText(file)));
            foreach (var command in Acceptance.Seeds.Commands(runbook).Where(command => command.Script is not null))
            {
                var where = $"{path}:{command.Span.Line} {command.Text}";
                parts.AddRange(command.Effect.Parts.Select(part => (part, where)));
            }
        }

        var calls = parts.Where(each => each.Part.Program.Length > 0).ToList();
        var known = calls.Where(each => Tools.Find(each.Part.Program) is not null).ToList();
        string Percent(int count) =>
            string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / calls.Count:0.0} %");
        var definite = calls.Count(each => each.Part.Effect != Effect.Unknown);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{calls.Count} calls: {Percent(known.Count)} known, {Percent(definite)} definite"));
        Show("unknown programs", calls.Except(known).GroupBy(each => each.Part.Program).ToList());
        Show("unknown effects", known.Where(each => each.Part.Effect == Effect.Unknown)
            .GroupBy(each => $"{each.Part.Program} {each.Part.Subcommand}: {each.Part.Reasons[0]}").ToList());

        Assert.True(known.Count >= KnownShareLeast * calls.Count);
    }

    /// <summary>The folders hold more than runbooks: manuals of developers, design notes, read-mes of code.</summary>
    private static bool IsRunbook(string path) => RunbookPath().IsMatch(path);

    [GeneratedRegex(
        "runbook|playbook|alert|troubleshoot|incident|on-?call|recover|operat|/sops?/|sre|manual|maintenance|disaster",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RunbookPath();

    private void Show(string title, List<IGrouping<string, (CommandEffect Part, string Where)>> groups)
    {
        output.WriteLine($"-- {title}");
        foreach (var group in groups.OrderByDescending(group => group.Count()).Take(ShownMost))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{group.Count(),6} {group.Key}    e.g. {group.First().Where.Replace('\n', ' ')}"));
        }
    }
}
