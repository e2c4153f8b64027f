using Midwatch.Shell.Syntax;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Shell.Tests.Transcripts;

/// <summary>
/// The nasty blocks of real runbooks, each in the shape that was met, in our own words: what is a command, what a hole,
/// what damage. The number is that of the case in the list of corpora. A line of a log (19) reads as words here; that
/// nothing in it is a program the compiler of runbooks knows.
/// </summary>
public sealed class NastyBlockTests
{
    // Kinds of the lines (c command, o output, e elsewhere), holes, and the diagnostic or "".
    [Theory]
    [InlineData(2, "10.0.0.1:6379> INFO\nOK", "eo", "", "")]
    [InlineData(3, "# gitlab-psql -d main\nmain=# \\l\n Name | Owner", "eeo", "", "")]
    [InlineData(4, "$ oc debug node <Node-name>\n# chroot /host\n# systemctl restart x", "cee", "Node-name", "")]
    [InlineData(5, "$ oc get hco\n# oc annotate hco x a=b\n$ oc get hco", "ccc", "", "")]
    [InlineData(6, "kubectl get nr\n# only if it may be sent twice\n# kubectl delete nr x", "ccc", "", "")]
    [InlineData(7, "$mac docker-compose up x\n$dev ls", "cc", "", "")]
    [InlineData(8, "$ oc -n x rsh <etcd-pod-name>\n# etcdctl member list\n# id", "cee", "etcd-pod-name", "")]
    [InlineData(9, "curl 127.0.0.1:29105/metrics | grep northd_status", "c", "", "")]
    [InlineData(10, "NEW_POOL=<name of new pool>", "c", "name of new pool", "")]
    [InlineData(11, "oc adm top pod ${top-user-from-last-command}", "c", "top-user-from-last-command", "")]
    [InlineData(12, "oc delete pod <osd podname from previous step>", "c", "osd podname from previous step", "")]
    [InlineData(13,
        "mv x \"<path from the previous command with the file's secret replaced with the newly made secret>\"",
        "c", "path from the previous command with the file's secret replaced with the newly made secret", "")]
    [InlineData(14, "PROJECT=[user|group]%2f[project name]", "c", "user|group,project name", "")]
    [InlineData(15, "$ oc delete machineconfig \\ \n  99-worker-x", "co", "", "SH1302")]
    [InlineData(16, "oc patch storagecluster x --type json --patch\n'[{ \"op\": \"replace\" }]'", "cc", "", "")]
    [InlineData(16, "oc patch storagecluster x\n--patch '[{ \"op\": \"replace\" }]'", "cc", "", "SH1304")]
    [InlineData(17, "  $ cat <<EOF | oc apply -f -\n  kind: Pod\n  EOF", "coo", "", "SH1012")]
    [InlineData(17, "$ cat <<EOF | oc apply -f -\nkind: Pod\nEOF\npod/x created", "ccco", "", "")]
    [InlineData(18, "\"storage class x has no provisioner, delete the cr", "c", "", "SH1001")]
    [InlineData(19, "I0611 11:13:35.048771       1 leaderelection.go:260] successfully acquired lease", "c", "", "")]
    [InlineData(20, "Error: execution error at (x/templates/y.yaml:1:3): no", "c", "", "SH1003")]
    [InlineData(21, "histogram_quantile(0.99, rate(x_bucket[5m])) > 0.15", "c", "", "SH1003")]
    [InlineData(25, "seconds=5`\nls", "cc", "", "SH1001")]
    [InlineData(27, "curl … | jq .\n(this won’t work on a laptop)", "cc", "…", "SH1303")]
    [InlineData(28, "rpm —e some-agent", "c", "", "SH1301")]
    [InlineData(29, "k \"curl -s -X POST \\\n  -d '{\\\"a\\\": \\\"b\\\"}' \\\n  http://x/y\"", "ccc", "", "")]
    [InlineData(30, "knife ssh roles:x 'sudo rm -rf /var/opt/x/data' # TAKE CARE!", "c", "", "")]
    [InlineData(31,
        "# 2. Clear data\nsudo rm -rf /var/lib/x/main/*\npg_basebackup -h new_primary_ip -D /var/lib/x",
        "ccc", "new_primary_ip", "")]
    [InlineData(34, "# If the CPU is maxed\nkubectl patch deploy x -p '{\n  \"spec\": {}\n}'", "cccc", "", "")]
    [InlineData(35, "kubectl scale deploy/x --replicas=3\n# or\ndocker compose up -d", "ccc", "", "")]
    public void A_nasty_block_is_read_as_a_person_reads_it(
        int number, string block, string kinds, string holes, string code)
    {
        var transcript = TranscriptReader.Read([.. block.Split('\n')]);
        var result = ShellParser.Parse(transcript.Commands, ShellParserOptions.Runbook);

        var read = string.Concat(transcript.Lines.Select(line => char.ToLowerInvariant($"{line.Kind}"[0])));
        Assert.Equal($"{number}: {kinds}", $"{number}: {read}");
        Assert.Equal(code, result.Diagnostics.FirstOrDefault()?.Code ?? "");
        Assert.Equal(holes, Holes(result));
    }

    // The styles of section 5 there, each beside what looks like it and is none.
    [Theory]
    [InlineData("az aks show -n NODE-NAME -g RG-LAB-APPS-01", "NODE-NAME")]
    [InlineData("curl -H 'PRIVATE-TOKEN: x' -X POST http://x/", "")]
    [InlineData("helm upgrade [release] [chart]; echo [INFO] [none] [a-z]", "release,chart")]
    [InlineData("kubectl delete pod {{ .pod }} -n {{NAMESPACE}}; docker ps --format {{.Names}}", ".pod,NAMESPACE")]
    [InlineData("curl http://x/{id}/y; echo {a,b} {1..3} ${name}", "id")]
    [InlineData("kubectl cp x POD_NAME:/tmp/y; export POD_NAME", "POD_NAME")]
    [InlineData("kubectl exec your-pod -- ls /path/to/x src/path/to", "your-pod,/path/to")]
    [InlineData("kubectl get pods ...; go test ./...", "...")]
    [InlineData("ssh xxx@X.X.X.X -p XX; cat file-XX.log", "xxx,X.X.X.X,XX,XX")]
    [InlineData("java -XX:+UseG1GC -jar x; mktemp -d /tmp/x.XXXX; T=/tmp/XXXXXX; xxd y; ls xx", "")]
    [InlineData("export TOKEN=CHANGEME; echo $NAMESPACE ${CLUSTER_ID}", "CHANGEME")]
    [InlineData("kubectl get pod <pod> > out.txt 2>&1 < in; sort <in >out", "pod")]
    [InlineData(
        "ssh me@new_primary_ip -p 22; git mv old_file new_file; x=new_pod_name y", "new_primary_ip,new_pod_name")]
    [InlineData("createdb new_shop_db_copy; ls new_*_name node_old_pod_name new_pod_name.txt; new_pod_name=x", "")]
    [InlineData("kubectl get pod *pod-name* -n shop; ls *log-file* *name* a*pod-name* *pod-name*.log **", "pod-name")]
    [InlineData("echo ${x-a-b} ${region-us-east-1} ${region:-eu-west-one-a}", "")]
    public void What_looks_like_a_hole_is_one_where_a_person_reads_it_so(string text, string holes)
    {
        var result = ShellParser.Parse(text, ShellParserOptions.Runbook);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(holes, Holes(result));
    }

    private static string Holes(ShellParseResult result) => string.Join(',', ShellTree.Descendants(result.Script)
        .OfType<WordPart.Placeholder>().Select(placeholder => placeholder.Name));
}
