using System.Collections.Immutable;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint;
using Midwatch.Runbooks.Lint.Queries;

namespace Midwatch.Runbooks.Tests.Lint;

public sealed class LinterTests
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());
    private static readonly Linter Linter = new(new CodeCatalogue(), EffectJudge.Default());

    [Theory]
    [InlineData("<!-- midwatch-disable-next-line MW2019: enough -->\n```bash\nLOGS\n```", false)]
    [InlineData("<!-- midwatch-disable-next-line MW2041: enough -->\n```bash\nLOGS\n```", true)]
    [InlineData("```bash\n# midwatch-disable-next-line MW2019\nLOGS\n```", false)]
    [InlineData("<!-- midwatch-disable MW2019 -->\n\n```bash\nLOGS\n```", false)]
    [InlineData("<!-- midwatch-disable MW2019 -->\n\nText.\n\n<!-- midwatch-enable MW2019 -->\n\n```bash\nLOGS\n```",
        true)]
    [InlineData("```bash\nLOGS\n```\n\n<!-- midwatch-disable-file MW2019: all are like that -->", false)]
    [InlineData("```bash\nLOGS\n```\n\n<!-- midwatch-disable-file -->", false)]
    public void A_comment_silences_what_it_names_and_nothing_else(string body, bool reported)
    {
        var codes = Codes("# Cart\n\n" + body.Replace("LOGS", "kubectl logs -l app=cart -n shop",
            StringComparison.Ordinal));

        Assert.Equal(reported, codes.Contains("MW2019"));
    }

    [Theory]
    [InlineData("<!-- midwatch-disable-next-line MW2019 -->\n```bash\nLOGS\n```", false)]
    [InlineData("<!-- midwatch-disable-next-line MW2019 -->\n```bash\nLOGS --tail=5\n```", true)]
    [InlineData("<!-- midwatch-disable-next-line MW2019, MW2041 -->\n```bash\nLOGS\n```", true)]
    [InlineData("<!-- midwatch-disable-next-line -->\n\nText.", true)]
    [InlineData("<!-- midwatch-disable MW2019 -->\n\n```bash\nLOGS\n```\n\n<!-- midwatch-enable MW2019 -->", false)]
    [InlineData("<!-- midwatch-disable-file MW6002: its rules are elsewhere -->", false)]
    [InlineData("<!-- midwatch-disable-file MW2020: this code is off -->", false)]
    public void A_comment_that_silences_nothing_is_told(string body, bool reported)
    {
        var codes = Codes("# Cart\n\n" + body.Replace("LOGS", "kubectl logs -l app=cart -n shop",
            StringComparison.Ordinal));

        Assert.Equal(reported, codes.Contains("MW1022"));
    }

    [Fact]
    public void A_setting_switches_a_code_on_off_or_to_another_severity()
    {
        var settings = new LintSettings
        {
            Codes = ImmutableDictionary<string, CodeSetting>.Empty
                .Add("MW2019", new CodeSetting(true, Severity.Error)).Add("MW2015", new CodeSetting(false, null))
                .Add("MW2020", new CodeSetting(true, null)),
        };
        var findings = Linter.Lint(new LintInput
        {
            Runbooks = [Compiler.Compile(new RunbookSource("a.md",
                "# A\n\n```bash\nkubectl logs -l a=b -n c\nkubectl logs d -n c\nkubectl exec -it d -n c -- df -h\n```\n"
                ))],
            Settings = settings,
        }, TestContext.Current.CancellationToken);

        Assert.Equal(["MW2019 Error", "MW2020 Note"],
            findings.Select(finding => $"{finding.Diagnostic.Code} {finding.Diagnostic.Severity}"));
    }

    [Theory]
    [InlineData("descibe", "describe")]
    [InlineData("--namespce", "--namespace")]
    [InlineData("rolout", "rollout")]
    [InlineData("cnpg", null)]
    public void The_nearest_word_is_near(string word, string? near)
    {
        Assert.Equal(near, Nearest.To(word, ["describe", "rollout", "get", "set", "--namespace", "--no-headers"]));
    }

    [Theory]
    [InlineData("up{job=\"a\"} == 0", true)]
    [InlineData("sum(up{job=\"a\"}) == 0", true)]
    [InlineData("sum by (job) (up) < 1", true)]
    [InlineData("up{job=\"a\"} == 0 or absent(up{job=\"a\"})", false)]
    [InlineData("absent(up{job=\"a\"})", false)]
    [InlineData("up == 1", false)]
    [InlineData("node_up{job=\"up\"} == 0", false)]
    public void An_alert_on_up_alone_is_silent_without_its_target(string expression, bool silent)
    {
        Assert.Equal(silent, new PromQlShape(expression).SilentWithoutTarget() is not null);
    }

    [Theory]
    [InlineData("rate(a{code=~\"5..\"}[5m]) / rate(a[5m]) > 0.1", true)]
    [InlineData("sum(rate(a{code=~\"5..\"}[5m])) / sum(rate(a[5m])) > 0.1", false)]
    [InlineData("rate(a_sum[5m]) / rate(a_count[5m])", false)]
    [InlineData("rate(a[5m]) / ignoring(code) group_left rate(a[5m])", false)]
    public void A_ratio_of_single_series_is_told_from_one_of_sums(string expression, bool bare)
    {
        Assert.Equal(bare, new PromQlShape(expression).BareRatio() is not null);
    }

    [Fact]
    public void A_threshold_is_the_number_of_the_outermost_comparison()
    {
        Assert.Equal((">", 0.05), new PromQlShape("sum(rate(a{b=\"c\"}[5m])) / sum(rate(a[5m])) > 0.05").Threshold());
        Assert.Null(new PromQlShape("a > 1 and b > 2").Threshold());
        Assert.Null(new PromQlShape("absent(a)").Threshold());
    }

    [Fact]
    public void Linting_is_the_same_each_time_and_throws_on_no_text()
    {
        const string Alphabet = "# `$(){}[]<>|&;\"'\\\n-*:/~=abkubectl get logs rm -rf $X/ 5m | sum(rate(";
        var state = 7u;
        var runbooks = Enumerable.Range(0, 300)
            .Select(i => Compiler.Compile(new RunbookSource($"{i}.md", "# A\n\n```bash\n" + Text() + "\n```\n")))
            .ToImmutableArray();
        var input = new LintInput
        {
            Runbooks = runbooks, Settings = new LintSettings { All = true }, FileExists = _ => false,
        };
        var cancellationToken = TestContext.Current.CancellationToken;

        Assert.Equal(Linter.Lint(input, cancellationToken), Linter.Lint(input, cancellationToken));

        string Text() => string.Concat(Enumerable.Range(0, 120).Select(_ =>
        {
            // Any sequence that is the same each time will do (Numerical Recipes' constants).
            state = unchecked((state * 1664525) + 1013904223);
            return Alphabet[(int)(state >> 8) % Alphabet.Length];
        }));
    }

    private static HashSet<string> Codes(string text) => Linter
        .Lint(new LintInput { Runbooks = [Compiler.Compile(new RunbookSource("a.md", text))] })
        .Select(finding => finding.Diagnostic.Code)
        .ToHashSet();
}
