using System.Collections.Immutable;
using Midwatch.Shell.Syntax;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Shell.Tests.Transcripts;

public sealed class TranscriptReaderTests
{
    // Each case: the block's lines, and below what each is: c command, o output, e elsewhere.
    [Theory]
    [InlineData("kubectl get pods\n# a comment\nls", "ccc")]
    [InlineData("$ kubectl get pods\nNAME   READY\nweb-0  1/1\n$ ls", "cooc")]
    [InlineData("ops@box:~/work$ uptime\n 12:00 up 3 days", "co")]
    [InlineData("(venv) $ pip list\npip 24.0", "co")]
    [InlineData("$ cat <<EOF | oc apply -f -\nkind: Pod\nEOF\npod/x created", "ccco")]
    [InlineData("$ cat <<EOF\n> body\n> EOF\nbody", "ccco")]
    [InlineData("$ curl -s \\\n    http://x/health\nok", "cco")]
    [InlineData("$ psql -c \"SELECT 1,\n  2\"\n 1 | 2", "cco")]
    [InlineData("$ for p in a b; do\n>   echo $p\n> done\na\nb", "cccoo")]
    [InlineData("$ echo it's broken\noutput\n$ ls", "coc")]
    [InlineData("$ oc debug node/n1\n# chroot /host\n# systemctl restart sshd\nsh-4.4# exit", "ceee")]
    [InlineData("$ oc get nodes\n# oc delete node n1\n$ oc get pods", "ccc")]
    [InlineData("$ oc rsh pod-0\n# The shell is now open:\n# df -h\nFilesystem Size", "cceo")]
    [InlineData("# gitlab-psql -d main\nmain=# select 1;\n ?column?", "eeo")]
    [InlineData("[root@node1 ~]# df -h\n/dev/sda 90%", "eo")]
    [InlineData("sh-5.1# cat /proc/meminfo\nbash-5.1# exit", "ee")]
    [InlineData("127.0.0.1:6379> INFO\n# Server", "eo")]
    [InlineData("[ gstg ] production> User.count\n=> 3", "eo")]
    [InlineData(">>> import os\n>>> os.getpid()\n42", "eeo")]
    [InlineData("$mac docker compose up\n$dev ls", "cc")]
    [InlineData("dev=\"docker exec dev\"\n$dev ls", "cc")]
    [InlineData("> kubectl get pods\nNAME READY", "co")]
    [InlineData("> app.log", "c")]
    [InlineData("$NAMESPACE is unset", "c")]
    [InlineData("➜  ~ ls -l\ntotal 0", "co")]
    [InlineData("❯ kubectl get pods\nNAME", "co")]
    [InlineData("me@laptop ~ % ls\nDesktop", "co")]
    [InlineData("[me@fedora ~]$ oc get nodes\nNAME", "co")]
    [InlineData("bash-5.1$ id\nuid=1001", "eo")]
    [InlineData("/ # ls\nbin\n/app # cat x\n/data $ rm -rf wal", "eoee")]
    [InlineData("/opt/run.sh # does it\nls", "cc")]
    [InlineData("root@web-0:/# ps\nPID", "eo")]
    [InlineData("PS C:\\Users\\me> Get-Service\nStatus", "eo")]
    [InlineData("ps -o pid,comm -p <PID>\nls", "cc")]
    [InlineData("me@box:~$ ssh db-1\nme@db-1:~$ df -h\n/dev/sda\nme@box:~$ ls", "ceoc")]
    [InlineData("$ ssh db-1\nops@db-1:~$ df -h\n/dev/sda", "ceo")]
    [InlineData("db-01 $ pg_lsclusters\nlaptop $ ls\nworker$ id", "ece")]
    [InlineData("main=# select 1\nmain-# , 2;\n 1 | 2", "eeo")]
    [InlineData("mysql> select 1\n    -> from x;\n+---+", "eeo")]
    [InlineData(">>> def f():\n...     pass\n>>> f()", "eee")]
    [InlineData("kubectl get pods\n...\nls", "ccc")]
    [InlineData("rs0:PRIMARY> rs.status()\nrs0 [direct: primary] test> db.stats()\nok", "eeo")]
    [InlineData("iex(1)> Node.list()\n[]", "eo")]
    [InlineData("psql>", "e")]
    [InlineData("$bastion ls\n$mac ls", "ec")]
    [InlineData("sh-4.4# curl -s \\\n  http://x\nok", "eeo")]
    [InlineData("127.0.0.1:6379> INFO\n# Server\n\n# Ask again\n127.0.0.1:6379> PING", "eocce")]
    [InlineData("<<<<<<< HEAD\n>>>>>>> main", "cc")]
    public void Lines_are_told_apart(string block, string kinds)
    {
        Assert.Equal(kinds, Kinds(TranscriptReader.Read([.. block.Split('\n')])));
    }

    // With what the effect data knows: `console` says that the block was copied from a terminal.
    [Theory]
    [InlineData("# systemctl status x\nActive: active\n# journalctl -u x", true, "eoe")]
    [InlineData("# systemctl status x\n# journalctl -u x", false, "cc")]
    [InlineData("# Restart it\nsystemctl restart x", true, "cc")]
    [InlineData("# oc delete node n1\noc get nodes", true, "cc")]
    [InlineData("$oc get nodes\n$other get nodes", true, "co")]
    [InlineData("oc=\"oc -n x\"\n$oc get nodes", true, "cc")]
    [InlineData("> User.find 1\n=> nil", false, "eo")]
    [InlineData("> oc get nodes\nNAME", false, "co")]
    public void What_is_known_beside_the_lines_counts(string block, bool session, string kinds) =>
        Assert.Equal(kinds, Kinds(TranscriptReader.Read([.. block.Split('\n')], new TranscriptOptions
        {
            IsProgram = word => word is "systemctl" or "journalctl" or "oc", IsSession = session,
        })));

    [Theory]
    [InlineData("sh-4.4# id", "root")]
    [InlineData("main=# \\l", "database")]
    [InlineData(">>> 1", "repl")]
    [InlineData("$ oc rsh web-0\n# id", "pod")]
    [InlineData("$ oc debug node/n1\n# chroot /host\n# id", "root")]
    public void A_line_that_belongs_elsewhere_says_where(string block, string place) =>
        Assert.Equal(place, TranscriptReader.Read([.. block.Split('\n')]).Lines[^1].Place);

    [Theory]
    [InlineData("$ kubectl get pods", "kubectl get pods")]
    [InlineData("  user@host:/srv$ ls -l", "ls -l")]
    [InlineData("$mac docker compose up", "docker compose up")]
    [InlineData("$ cat <<EOF\n> body\n> EOF", "cat <<EOF\nbody\nEOF")]
    [InlineData("dev=\"docker exec dev\"\n$dev ls", "dev=\"docker exec dev\"\n$dev ls")]
    public void Prompts_are_taken_off(string block, string commands) =>
        Assert.Equal(commands, TranscriptReader.Read([.. block.Split('\n')]).Commands);

    [Fact]
    public void A_place_in_the_commands_is_found_again_in_the_text()
    {
        ImmutableArray<string> lines = ["$ ls", "a  b", "  $ echo 'open"];
        var transcript = TranscriptReader.Read(lines);
        var at = transcript.Commands.IndexOf('\'', StringComparison.Ordinal);
        Assert.Equal(new ShellPosition(3, 10), transcript.Locate(at));
        Assert.Equal(new ShellPosition(1, 3), transcript.Locate(0));
    }

    [Fact]
    public void A_session_of_many_lines_is_read_in_time()
    {
        ImmutableArray<string> lines = [.. Enumerable.Repeat("$ echo \"never closed", 3_000)];
        Assert.All(TranscriptReader.Read(lines).Lines, line => Assert.Equal(TranscriptLineKind.Command, line.Kind));
    }

    private static string Kinds(Transcript transcript) => string.Concat(transcript.Lines.Select(line => line.Kind switch
    {
        TranscriptLineKind.Command => 'c',
        TranscriptLineKind.Output => 'o',
        _ => 'e',
    }));
}
