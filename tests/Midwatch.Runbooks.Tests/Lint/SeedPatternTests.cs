using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint;
using Midwatch.Runbooks.Tests.Acceptance;

namespace Midwatch.Runbooks.Tests.Lint;

/// <summary>
/// The patterns that recur over the seed documents are found where they are (<c>patterns.txt</c>, a table of ours:
/// seed, line, code, pattern).
/// </summary>
public sealed class SeedPatternTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void Every_pattern_of_a_seed_that_its_text_shows_is_found_at_its_line(int seed) =>
        FindsAll(seed, Seeds.Compiled(seed));

    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void It_is_found_as_well_where_all_names_and_headings_are_others(int seed) =>
        FindsAll(seed, Seeds.Compile("renamed.md", new Paraphrase(1).Of(Seeds.Text(seed))));

    private void FindsAll(int seed, Runbook runbook)
    {
        var found = new Linter(new CodeCatalogue(), EffectJudge.Default())
            .Lint(new LintInput
            {
                Runbooks = [runbook], Settings = new LintSettings { All = true }, FileExists = _ => false,
            }, TestContext.Current.CancellationToken)
            .SelectMany(finding => Lines(runbook, finding).Select(line => (line, finding.Diagnostic.Code)))
            .ToHashSet();
        var wanted = Table().Where(row => row.Seed == seed).ToList();

        var missing = wanted.Where(row => !found.Contains((row.Line, row.Code))).ToList();

        output.WriteLine(FormattableString.Invariant($"seed {seed}: {wanted.Count - missing.Count} of {wanted.Count}"));
        Assert.Empty(missing.Select(row => $"{row.Line} {row.Code} {row.Pattern}"));
    }

    /// <summary>A finding counts for each line of the command that it is in.</summary>
    private static IEnumerable<int> Lines(Runbook runbook, Finding finding)
    {
        var line = finding.Diagnostic.Span.Line;
        var command = Seeds.Commands(runbook).FirstOrDefault(each => each.Span.Line <= line
            && line <= each.Span.EndLine);
        return command is null ? [line] : [line, command.Span.Line];
    }

    private static ImmutableArray<(int Seed, int Line, string Code, string Pattern)> Table()
    {
        using var stream = typeof(SeedPatternTests).Assembly.GetManifestResourceStream("Lint/patterns.txt")!;
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith('#'))
                .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
                .Select(cells => (int.Parse(cells[0], CultureInfo.InvariantCulture),
                    int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2], cells[3])),
        ];
    }
}
