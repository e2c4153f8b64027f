using System.Text.Json.Nodes;
using Midwatch.Cli.Linting;
using Midwatch.Cli.Prerequisites;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Tests.Linting;

/// <summary><c>midwatch lint</c> over files of a folder, with a screen that is read back.</summary>
public sealed class LintVerbTests : IDisposable
{
    private const string Bad = "# Cart\n\n```bash\nkubectl descibe pod cart-0\nkubectl logs -l app=cart\n```\n";
    private const string Warned = "# Cart\n\n```bash\nkubectl logs -l app=cart\n```\n";
    private const string Good = "# Cart\n\n```bash\nkubectl get pods\n```\n";

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-lint-").FullName;

    [Fact]
    public async Task The_exit_status_says_whether_there_is_something_of_the_severity_asked_for()
    {
        Write("bad.md", Bad);
        Write("warned.md", Warned);
        Write("good.md", Good);

        Assert.Equal(1, await Lint("bad.md"));
        Assert.Equal(0, await Lint("warned.md"));
        Assert.Equal(1, await Lint(request => request with { FailOn = "warning" }, "warned.md"));
        Assert.Equal(0, await Lint(request => request with { FailOn = "never" }, "bad.md"));
        Assert.Equal(0, await Lint(request => request with { FailOn = "note" }, "good.md"));
        Assert.Equal(2, await Lint("missing.md"));
        Assert.Contains("there is no such file", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_effect_data_tells_what_own_programs_know()
    {
        Write("neat.md", "# Cart\n\n```bash\nkubectl neat pod cart-0\n```\n");
        Write("effects/kubectl.yaml",
            "tools:\n  - tool: kubectl\n    replaces: true\n    verbs:\n      neat: {effect: read, lenient: true}\n");
        Write("wrong/kubectl.yaml", "tools:\n  - tool: kubectl\n    effect: harmless\n");

        await Lint(request => request with { All = true }, "neat.md");
        Assert.Contains("MW2003", _output.ToString(), StringComparison.Ordinal);
        _output.GetStringBuilder().Clear();
        await Lint(request => request with { All = true, Effects = Path.Combine(_folder, "effects") }, "neat.md");
        Assert.DoesNotContain("MW2003", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await Lint(request => request with { Effects = Path.Combine(_folder, "wrong") }, "neat.md"));
        Assert.Contains("harmless", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_and_globs_are_taken_and_what_the_configuration_ignores_is_not()
    {
        Write("a/one.md", Bad);
        Write("a/deep/two.md", Bad);
        Write("a/drafts/three.md", Bad);
        Write("a/four.txt", Bad);
        Write(".midwatch.yaml", "lint:\n  ignore: ['a/drafts/**']\n");

        Assert.Equal(["a/deep/two.md", "a/one.md"], await Paths("a"));
        Assert.Equal(["a/deep/two.md", "a/one.md"], await Paths("a/**/*.md"));
        Assert.Equal(["a/four.txt"], await Paths("a/*.txt"));
        Assert.Equal(2, await Lint("b/*.md"));
    }

    [Fact]
    public async Task The_nearest_configuration_upward_decides_unless_the_command_line_does()
    {
        Write("docs/deep/a.md", Warned);
        Write(".midwatch.yaml", "lint:\n  fail-on: warning\n  codes:\n    ten-lines-of-log: error\n");

        Assert.Equal(1, await Lint("docs/deep/a.md"));
        Assert.Contains("error MW2019", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Lint(request => request with { Disable = ["MW2019"] }, "docs/deep/a.md"));
    }

    [Theory]
    [InlineData("lint:\n  fail-on: sometimes\n", ":2: 'sometimes' is none of")]
    [InlineData("lint:\n  codes:\n    MW9999: off\n", ":3: 'MW9999' is no code")]
    [InlineData("lint:\n  colour: red\n", ":2: there is no setting 'colour'")]
    [InlineData("lint: [\n", ": this is no YAML")]
    public async Task A_wrong_configuration_is_told_with_its_line(string text, string complaint)
    {
        Write("a.md", Good);
        Write(".midwatch.yaml", text);

        Assert.Equal(2, await Lint("a.md"));
        Assert.Contains(complaint, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_text_is_a_finding_with_its_line()
    {
        await File.WriteAllBytesAsync(
            In("latin.md"), [(byte)'#', (byte)'\n', 0xE4, (byte)'\n'], TestContext.Current.CancellationToken);

        Assert.Equal(1, await Lint("latin.md"));
        Assert.Contains("latin.md:2:1: error MW1009", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_and_manifests_are_read_from_folders_and_disagreements_told()
    {
        Write("cart.md",
            "# Runbook: CartDown\n\n**Alert**: `CartDown`\n\n## Diagnosis\n\n```bash\nkubectl get pods -n shops\n```\n");
        Write("rules/cart.yaml", "groups:\n- name: a\n  rules:\n  - alert: CartGone\n    expr: absent(up)\n");
        Write("k8s/ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n");

        var codes = await Codes(request => request with { Rules = [In("rules")], Manifests = [In("k8s")] }, "cart.md");

        Assert.Superset(new HashSet<string> { "MW5001", "MW6001", "MW6002" }, codes);
    }

    [Fact]
    public async Task Promtool_rejects_what_it_cannot_read_and_the_example_of_the_page_is_rejected()
    {
        Assert.SkipWhen(SearchPath.Find("promtool") is null, "promtool is not installed.");
        Write("bad.md",
            "# A\n\n```promql\nsum(rate(errors_total{[5m]))\n```\n\n```promql\nup\nsum(rate(a[5m]))\n```\n");

        var codes = await Codes(request => request, "bad.md");

        Assert.Contains("MW6008", codes);
        Assert.Single(_output.ToString().Split('\n'), line => line.Contains("\"MW6008\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_code_is_explained_and_no_other()
    {
        var verb = new LintVerb(Screen(), TimeProvider.System);

        Assert.Equal(0, verb.Explain("mw2019"));
        Assert.StartsWith("# MW2019: ", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, verb.Explain("ten-lines-of-log"));
        Assert.Equal(2, verb.Explain("MW9999"));
        Assert.Equal(0, verb.List());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Screen Screen() => new(_output, _error, colour: false, interactive: false);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), text);
    }

    private string In(string path) => Path.Combine(_folder, path);

    private Task<int> Lint(params string[] paths) => Lint(request => request, paths);

    private Task<int> Lint(Func<LintRequest, LintRequest> change, params string[] paths) =>
        new LintVerb(Screen(), TimeProvider.System).RunAsync(
            change(new LintRequest { Paths = [.. paths.Select(In)], Format = "text" }),
            TestContext.Current.CancellationToken);

    private async Task<JsonArray> Findings(Func<LintRequest, LintRequest> change, params string[] paths)
    {
        _output.GetStringBuilder().Clear();
        await Lint(request => change(request) with { Format = "json" }, paths);
        return JsonNode.Parse(_output.ToString())!["findings"]!.AsArray();
    }

    private async Task<HashSet<string>> Codes(Func<LintRequest, LintRequest> change, params string[] paths) =>
        [.. (await Findings(change, paths)).Select(finding => (string)finding!["code"]!)];

    private async Task<IEnumerable<string>> Paths(params string[] paths) =>
        (await Findings(request => request, paths))
            .Select(finding => Path.GetRelativePath(_folder, (string)finding!["path"]!)).Distinct();
}
