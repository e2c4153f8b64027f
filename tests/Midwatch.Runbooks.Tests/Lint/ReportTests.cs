using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint;
using Midwatch.Runbooks.Lint.Reports;

namespace Midwatch.Runbooks.Tests.Lint;

/// <summary>The reports of one and the same findings.</summary>
public sealed partial class ReportTests
{
    private const string Document = """
        # Cart

        ## Diagnosis

        ```bash
        kubectl descibe pod cart-0 -n shop
        kubectl logs -l app=cart -n shop | grep 日本 | grep <pod-name>
        ```
        """;

    private static readonly CodeCatalogue Catalogue = new();
    private static readonly EffectJudge Judge = EffectJudge.Default();
    private static readonly ImmutableArray<Finding> Findings = new Linter(Catalogue, Judge).Lint(new LintInput
    {
        Runbooks = [new RunbookCompiler(Judge).Compile(new RunbookSource("docs/a b,c.md", Document))],
    });

    [Fact]
    public void Text_shows_place_sentence_line_mark_and_remedy()
    {
        using var text = new StringWriter();

        new TextReport(text, colour: false).Write(Findings, LintTally.Of(Findings, 1), _ => Document);

        Assert.Equal("""
            docs/a b,c.md:6:9: error MW2002: 'kubectl' has no verb 'descibe'.
                6 | kubectl descibe pod cart-0 -n shop
                  |         ^^^^^^^
                  = Did you mean 'describe'?

            docs/a b,c.md:7:1: warning MW2019: With a selector, kubectl shows only the last 10 lines of each container.
                7 | kubectl logs -l app=cart -n shop | grep 日本 | grep <pod-name>
                  | ^^^^^^^^^^^^
                  = Say how many you want: '--tail=100', or '--tail=-1' for all.

            1 error, 1 warning in 1 file.

            """, text.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_mark_stands_below_its_word_behind_wide_characters_and_in_a_long_line()
    {
        var line = new string('x', 300) + " 日本 here";
        var finding = new Finding("a.md", new RunbookDiagnostic("MW3005", Severity.Note, "m", new DocumentSpan(1, 305,
            1, 309)));
        using var text = new StringWriter();

        new TextReport(text, colour: false).Write([finding], new LintTally(1, 0, 0, 1), _ => line);

        var lines = text.ToString().Split('\n');
        Assert.StartsWith("    1 | …xxx", lines[1], StringComparison.Ordinal);
        // Two wide characters before the word take four columns but two letters.
        Assert.Equal(lines[1].IndexOf("here", StringComparison.Ordinal) + 2, lines[2].IndexOf('^',
            StringComparison.Ordinal));
        Assert.EndsWith("^^^^", lines[2].TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_a_document_steers_the_terminal()
    {
        var finding = new Finding("a\e[31m.md", new RunbookDiagnostic("MW3005", Severity.Note, "x\e[2J",
            new DocumentSpan(1, 1, 1, 2), "y\a"));
        using var text = new StringWriter();

        new TextReport(text, colour: false).Write([finding], new LintTally(1, 0, 0, 1), _ => "z\e]0;t\a");

        Assert.DoesNotContain(text.ToString(), c => char.IsControl(c) && c is not '\n' and not '\r');
    }

    [Fact]
    public void GitHub_annotations_escape_what_separates()
    {
        using var text = new StringWriter();

        GitHubReport.Write(text, Findings, LintTally.Of(Findings, 1));

        Assert.StartsWith(
            "::error file=docs/a b%2Cc.md,line=6,endLine=6,col=9,endColumn=16,title=MW2002::'kubectl' has no verb",
            text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_fits_the_published_schema()
    {
        using var stream = new MemoryStream();

        JsonReport.Write(stream, Findings, LintTally.Of(Findings, 1), Catalogue);

        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root,
            "docs/reference/schemas/lint.schema.json")))!;
        Assert.Empty(JsonShape.Faults(JsonNode.Parse(stream.ToArray()), schema));
    }

    [Fact]
    public void Sarif_has_what_the_standard_asks_of_a_log()
    {
        using var stream = new MemoryStream();

        SarifReport.Write(stream, Findings, Catalogue, "1.2.3");

        // The members that the official schema requires or restricts, written down by us (docs/decisions/0010):
        // the schema itself is not ours to commit.
        var schema = JsonNode.Parse(File.ReadAllText(
            Path.Combine(Repository.Root, "tests/Midwatch.Runbooks.Tests/Lint/sarif-subset.schema.json")))!;
        var log = JsonNode.Parse(stream.ToArray())!;
        Assert.Empty(JsonShape.Faults(log, schema));
        var run = log["runs"]![0]!;
        var result = run["results"]![0]!;
        Assert.Equal("MW2002", (string?)run["tool"]!["driver"]!["rules"]![(int)result["ruleIndex"]!]!["id"]);
        var place = result["locations"]![0]!["physicalLocation"]!;
        Assert.Equal("docs/a%20b%2Cc.md", (string?)place["artifactLocation"]!["uri"]);
        Assert.Equal((6, 9, 6, 16), ((int)place["region"]!["startLine"]!, (int)place["region"]!["startColumn"]!,
            (int)place["region"]!["endLine"]!, (int)place["region"]!["endColumn"]!));
        Assert.All(run["tool"]!["driver"]!["rules"]!.AsArray(), rule =>
            Assert.Matches(RuleName(), (string?)rule!["name"]));
    }

    [GeneratedRegex("^[A-Z][A-Za-z]+$")]
    private static partial Regex RuleName();
}
