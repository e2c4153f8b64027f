using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Syntax;

public sealed class ShellParserTests
{
    [Theory]
    [InlineData("kubectl logs <pod-name> -n <your namespace>", "pod-name|your namespace")]
    [InlineData("sort <in.txt >out.txt", "")]
    [InlineData("sort < in > out", "")]
    [InlineData("cat <<EOF\n<pod-name>\nEOF", "pod-name")]
    [InlineData("curl -d '{\"id\": \"<job-id>\"}' http://x", "job-id")]
    [InlineData("kubectl get pods -l app=<account-id>.dkr.ecr", "account-id")]
    [InlineData("kubectl scale deploy {name} --replicas={replica-count}", "name|replica-count")]
    [InlineData("echo {a,b} {1..3} x{} ${name}", "")]
    [InlineData("ls [a-z]* [abc] [INFO]", "")]
    [InlineData("page [team] [user|group]", "team|user|group")]
    [InlineData("kubectl describe pod POD_NAME --context YOUR-CLUSTER", "POD_NAME|YOUR-CLUSTER")]
    [InlineData("curl -H PRIVATE-TOKEN -X POST $POD_NAME ${NODE_NAME}", "")]
    [InlineData("export POD_NAME; unset NODE_NAME; env | grep DB_HOST; FOO_NAME=1 true", "")]
    [InlineData("docker ps --format {{.Names}}; kubectl -n {{ .namespace }} get pods", ".namespace")]
    [InlineData("kubectl get pod -o go-template='{{range .items}}{{.metadata.name}}{{end}}'", "")]
    [InlineData("get pod <12-char-prefix>; sort <2020-01.log>out; sort <20-x>out", "12-char-prefix")]
    [InlineData("kubectl logs <pod of step 2>; wc <in 2>err; wc <in 2> err; wc <in 2>|err", "pod of step 2")]
    [InlineData("kubectl logs <the pod of step 2> | wc -l\ncp <file 1>\n", "the pod of step 2|file 1")]
    [InlineData("kubectl apply ...", "...")]
    [InlineData("go test ./...", "")]
    [InlineData("redis-cli -a your_redis_password", "your_redis_password")]
    [InlineData("awk '{print $1}' | jq '{name}' | sed 's/<b>//'", "")]
    [InlineData("cd /path/to/scripts && ./x --dir=/path/to", "/path/to|/path/to")]
    [InlineData("cat src/path/to/x file:///path/to/x /path/tools \"/path/to/x\" '/path/to/x'", "")]
    public void A_runbook_has_the_placeholders_that_a_person_sees(string text, string names)
    {
        var result = ShellParser.Parse(text, ShellParserOptions.Runbook);
        Assert.Empty(result.Diagnostics);
        var found = ShellTree.Descendants(result.Script).OfType<WordPart.Placeholder>().Select(p => p.Name);
        Assert.Equal(names, string.Join('|', found));
    }

    // As bash has it; shfmt joins only some of these.
    [Theory]
    [InlineData("echo $x\\\nb \"$x\\\nb\" $\\\nx", "echo $xb \"$xb\" $x")]
    [InlineData("a\\\nb=5; echo \"${x\\\nb}\" $((a\\\nb + 1))", "ab=5; echo \"${xb}\" $((ab + 1))")]
    [InlineData("wh\\\nile false; do :; done", "while false; do :; done")]
    [InlineData("a &\\\n& b |\\\n| c", "a && b || c")]
    [InlineData("cat <\\\n<E\n$x\\\nb\nline\\\nE\nE\n", "cat <<E\n$xb\nlineE\nE\n")]
    [InlineData("echo 'a\\\nb' # c\\\nls", "echo 'a\\\nb' # c\\\nls")]
    public void A_line_continuation_joins_what_stands_on_both_sides(string text, string joined)
    {
        var result = ShellParser.Parse(text, ShellParserOptions.Bash);
        Assert.Empty(result.Diagnostics);
        var expected = ShellParser.Parse(joined, ShellParserOptions.Bash);
        Assert.Equal(TreeText.Of(expected.Script), TreeText.Of(result.Script));
        Assert.Equal(text.Length, result.Script.Span.Length);
        Assert.True(ShellParserPropertyTests.Holds(text, ShellParserOptions.Bash));
    }
}
