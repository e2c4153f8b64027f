using System.Diagnostics;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Export;

namespace Midwatch.Runbooks.Tests.Compilation;

/// <summary>
/// The same thing again and again, up to the longest document that is taken: compiled in a time that grows with the
/// text, and not with its square.
/// </summary>
public sealed class LongTextTests(ITestOutputHelper output)
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());

    [Theory]
    [InlineData("```bash\n", "kubectl get pods -n shop\n", "```\n")]
    [InlineData("```bash\n", "# look at them\n", "```\n")]
    [InlineData("```bash\nkubectl get pods\n", "# - x → y\n", "```\n")]
    [InlineData("```bash\n", "echo 'it\n", "```\n")]
    [InlineData("```bash\n", "echo )\n", "```\n")]
    [InlineData("```bash\npsql\n", "postgres=# select 1;\n", "```\n")]
    [InlineData("```console\n", "$ kubectl get pods\nNAME READY\nweb 1/1\n", "```\n")]
    [InlineData("```bash\nkubectl get pods\n", "web   1/1   Running\n", "```\n")]
    [InlineData("```bash\necho ", "$(a ", "\n```\n")]
    [InlineData("```bash\n", "{ ", "\n```\n")]
    [InlineData("", "run `kubectl get pods` ", "\n")]
    [InlineData("", "run `kubectl get pods` and ", "and \n")]
    [InlineData("Look:\n", "kubectl get pods -n shop\n", "\n")]
    [InlineData("", "kubectl get pods\n", "\n")]
    [InlineData("", "run `kubectl get pods. And` ", "\n")]
    [InlineData("", "kubectl get pods\n\n", "\n")]
    [InlineData("", "See [a](b.md).\n", "\n")]
    [InlineData("", "If the pod is down, restart it. ", "\n")]
    [InlineData("", "1. Restart the pods\n\n   ```bash\n   kubectl get pods\n   ```\n\n", "")]
    [InlineData("", "## Diagnosis\n\n```bash\nkubectl get pods\n```\n\n", "")]
    [InlineData("", "## HighErrorRateOne\n\n### Diagnosis\n\n```bash\nkubectl get pods\n```\n\n", "")]
    [InlineData("## Resolution\n\n", "### Scenario 1: bad\n\n```bash\nkubectl get pods\n```\n\n", "")]
    [InlineData("| Symptom | Cause |\n|---|---|\n", "| a | `kubectl get pods` b |\n", "")]
    [InlineData("", "# A\n", "")]
    [InlineData("", "[", "\n")]
    [InlineData("", "*a_", "\n")]
    [InlineData("", "> ", "a\n")]
    [InlineData("", "<div>\n\n", "\n")]
    public void The_same_thing_again_and_again_compiles_in_bounded_time(string before, string again, string behind)
    {
        var isLong = Environment.GetEnvironmentVariable("MIDWATCH_LONG") == "1";
        var length = (isLong ? RunbookCompiler.TextLengthMax : 100_000) - before.Length - behind.Length - 40;
        var text = "# Web is down\n\n## Diagnosis\n\n" + before
            + string.Concat(Enumerable.Repeat(again, length / again.Length)) + behind;

        var watch = Stopwatch.StartNew();
        CompiledJson.Write(Stream.Null, [Compiler.Compile(new RunbookSource("x.md", text))]);

        output.WriteLine($"{text.Length} characters in {watch.Elapsed}");
        // Far above what a loaded machine needs; what grows with the square takes minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(isLong ? 120 : 15), $"{watch.Elapsed}");
    }
}
