namespace Midwatch.Shell.Tests.Interpretation;

public sealed class PreflightTests
{
    [Theory]
    [InlineData("echo a; no_such_program x", "SH2003")]
    [InlineData("echo <pod-name>", "SH2002")]
    [InlineData("echo \"<pod-name>\" '<pod-name>'", "SH2002 SH2002")]
    [InlineData("echo a; eval 'rm x'", "SH2004")]
    [InlineData("trap 'rm x' EXIT; echo a", "SH2004")]
    [InlineData("trap 'if' EXIT; echo a", "SH1004")]
    [InlineData("eval \"eval 'rm x'\"", "SH2004")]
    [InlineData("T='rm x'; trap \"$T\" EXIT; echo a", "SH3008")]
    [InlineData("T=rm; trap \"$T x\" EXIT; echo a", "SH2004")]
    [InlineData("T=rm; eval \"$T x\"", "SH2004")]
    [InlineData("export T=rm; f() { eval $T x; }; f", "SH2004")]
    [InlineData("eval \"$(echo rm) x\"", "")]
    [InlineData("eval \"$(echo $BOUND)\"", "")]
    [InlineData("eval \"echo $BOUND\"", "SH3008")]
    [InlineData("trap \"echo $BOUND\" EXIT", "SH3008")]
    [InlineData("trap 'echo \"$BOUND\"' EXIT", "")]
    [InlineData("trap 2 INT", "")]
    [InlineData("trap - EXIT; trap '' INT", "")]
    [InlineData("c=rm; $c x", "SH2004")]
    [InlineData("$c x; c=rm", "")]
    [InlineData("c=rm; c=echo; $c x", "")]
    [InlineData("c=rm; unset c; $c x", "")]
    [InlineData("c=rm; for c in echo; do $c x; done", "")]
    [InlineData("if true; then c=rm; fi; $c x", "")]
    [InlineData("c=rm; export c; $c x", "SH2004")]
    [InlineData("c=rm; declare -n r=c; r=echo; $c x", "")]
    [InlineData("c=rm; eval 'c=echo'; $c x", "")]
    [InlineData("c=r:m; IFS=:; $c x", "")]
    [InlineData("cd /; echo a > /etc/passwd", "SH3003")]
    [InlineData("cd /; echo a > passwd", "")]
    [InlineData("exec rm x", "SH2004")]
    [InlineData("command -p rm x", "SH2004")]
    [InlineData("command -v rm", "")]
    [InlineData("cat <(rm a)", "SH2004")]
    [InlineData("time rm a", "SH2004")]
    [InlineData("select x in a b; do echo $x; done", "SH3001")]
    [InlineData("coproc cat", "SH3001")]
    [InlineData("echo +(a)", "SH3001")]
    [InlineData("shopt -s extglob; echo +(a)", "")]
    [InlineData("declare -A m; m[a]=1; echo ${m[a]}", "")]
    [InlineData("declare -p", "SH3001")]
    [InlineData("alias k=kubectl", "SH3001")]
    [InlineData("mapfile -t lines < /dev/null; echo ${lines[0]}", "")]
    [InlineData("exec {fd}> x; echo $fd", "")]
    [InlineData("echo $NAMESPACE", "SH2001")]
    [InlineData("echo ${NAMESPACE:-default}", "")]
    [InlineData("NAMESPACE=x; echo $NAMESPACE", "")]
    [InlineData("for x in a; do echo $x; done", "")]
    [InlineData("read line; echo $line", "")]
    [InlineData("time echo a", "")]
    [InlineData("echo a > /etc/passwd", "SH3003")]
    [InlineData("echo a > ../x", "SH3003")]
    [InlineData("echo a > x 2> /dev/null", "")]
    [InlineData("echo $(stdin)", "SH2003")]
    [InlineData("cat < /dev/tcp/localhost/80", "SH3001")]
    [InlineData("<tool> --version", "SH2002 SH2005")]
    [InlineData("f() { rm x; }; f", "SH2004")]
    [InlineData("echo $(echo $(rm x))", "SH2004")]
    [InlineData("true || rm x", "SH2004")]
    [InlineData("source ./env; . ./env", "SH3008 SH3008")]
    [InlineData("echo $RANDOM $SECONDS $LINENO", "")]
    public async Task What_speaks_against_a_script_is_known_before_it_runs(string text, string codes)
    {
        await using var bench = new Workbench("rm");
        bench.Session.Bind("BOUND", "web-0");
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
