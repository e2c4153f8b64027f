namespace Midwatch.Shell.Tests.Interpretation;

public sealed class PreflightTests
{
    [Theory]
    [InlineData("echo a; no_such_program x", "SH2003")]
    [InlineData("echo <pod-name>", "SH2002")]
    [InlineData("echo \"<pod-name>\" '<pod-name>'", "SH2002 SH2002")]
    [InlineData("echo a; eval b", "SH3001")]
    [InlineData("cat <(echo a)", "SH3001")]
    [InlineData("echo $NAMESPACE", "SH2001")]
    [InlineData("echo ${NAMESPACE:-default}", "")]
    [InlineData("NAMESPACE=x; echo $NAMESPACE", "")]
    [InlineData("for x in a; do echo $x; done", "")]
    [InlineData("read line; echo $line", "")]
    [InlineData("time echo a", "SH3001")]
    [InlineData("echo a > /etc/passwd", "SH3003")]
    [InlineData("echo a > ../x", "SH3003")]
    [InlineData("echo a > x 2> /dev/null", "")]
    [InlineData("echo $(stdin)", "SH2003")]
    [InlineData("cat < /dev/tcp/localhost/80", "SH3001")]
    [InlineData("<tool> --version", "SH2002 SH2005")]
    [InlineData("f() { rm x; }; f", "SH2004")]
    [InlineData("echo $(echo $(rm x))", "SH2004")]
    [InlineData("true || rm x", "SH2004")]
    [InlineData("source ./env; . ./env; exec ls; trap x EXIT", "SH3001 SH3001 SH3001 SH3001")]
    [InlineData("echo $RANDOM", "SH2001 SH3001")]
    public async Task What_speaks_against_a_script_is_known_before_it_runs(string text, string codes)
    {
        await using var bench = new Workbench("rm");
        var found = bench.Refusals(text).Select(refusal => refusal.Code).Order(StringComparer.Ordinal);
        Assert.Equal(codes, string.Join(' ', found));
    }

    [Fact]
    public async Task Nothing_runs_when_a_later_command_is_refused()
    {
        await using var bench = new Workbench();
        var outcome = await bench.RunAsync("echo a > made; no_such_program");
        Assert.IsType<Midwatch.Shell.Interpretation.ShellOutcome.Refused>(outcome);
        Assert.False(File.Exists(bench.Folder.File("made")));
    }

    [Fact]
    public async Task A_refusal_names_its_place()
    {
        await using var bench = new Workbench();
        var text = "echo a\necho <pod-name>";
        var refusal = Assert.Single(bench.Refusals(text));
        Assert.StartsWith("2:6: SH2002: ", refusal.Format(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_programs_of_a_script_are_listed_once()
    {
        await using var bench = new Workbench();
        bench.Refusals("ls");
        var script = Midwatch.Shell.Syntax.ShellParser.Parse(
            "ls | sort; echo $(ls)", Midwatch.Shell.Syntax.ShellParserOptions.Runbook).Script;
        Assert.Equal(["ls", "sort"], bench.Interpreter.Check(script, bench.Session, bench.Bindings).Programs);
    }

    [Theory]
    [InlineData("--all", false)]
    [InlineData("-n", false)]
    [InlineData("web-0", true)]
    [InlineData("$(reboot)", true)]
    public async Task A_placeholders_value_cannot_become_an_option(string value, bool allowed)
    {
        await using var bench = new Workbench();
        bench.BindPlaceholder("pod-name", value);
        Assert.Equal(allowed, bench.Refusals("echo <pod-name>").IsEmpty);
        Assert.Equal(allowed, bench.Refusals("echo \"<pod-name>\"").IsEmpty);
        Assert.Empty(bench.Refusals("echo --pod=<pod-name>"));
    }
}
