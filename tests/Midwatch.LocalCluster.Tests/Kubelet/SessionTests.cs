using System.Text;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Sessions;

namespace Midwatch.LocalCluster.Tests.Kubelet;

public sealed class SessionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_in_a_container_has_its_streams_its_variables_and_its_exit_code()
    {
        await using var node = new TestNode();
        _ = node.Pod("web", "\"env\": [{\"name\": \"GREETING\", \"value\": \"hello\"}]");
        _ = await node.RunningAsync("web");
        await using var session = Open(node.Kubelet.Exec(
            Request("web", ["sh", "-c", "read name; echo $GREETING $name; echo oops >&2; exit 7"], stdin: true)));
        await session.Input.WriteAsync("Ada\n"u8.ToArray(), Stop);
        await session.Input.DisposeAsync();
        Assert.Equal("hello Ada\n", await TextAsync(session.Output));
        Assert.Equal("oops\n", await TextAsync(session.Errors));
        Assert.Equal(7, await session.Exited);
    }

    [Fact]
    public async Task With_a_terminal_the_program_sees_one_and_its_size()
    {
        await using var node = new TestNode();
        _ = node.Pod("web", TestNode.Script("exec sleep 600"));
        _ = await node.RunningAsync("web");
        await using var session = Open(node.Kubelet.Exec(
            Request("web", ["sh", "-c", "read wait; test -t 0 && stty size; echo oops >&2"], stdin: true, tty: true)));
        session.Resize(132, 43);
        await session.Input.WriteAsync("go\n"u8.ToArray(), Stop);
        Assert.Contains("43 132\r\noops", await TextAsync(session.Output), StringComparison.Ordinal);
        Assert.Equal(0, await session.Exited);
    }

    [Fact]
    public async Task What_is_not_there_is_refused_in_the_runtimes_words()
    {
        await using var node = new TestNode();
        _ = node.Pod("web", TestNode.Script("exec sleep 600"));
        _ = await node.RunningAsync("web");
        var missing = Assert.IsType<SessionStart.NotStarted>(node.Kubelet.Exec(Request("web", ["nonesuch"])));
        Assert.EndsWith(
            "unable to start container process: exec: \"nonesuch\": executable file not found in $PATH: unknown",
            missing.Message, StringComparison.Ordinal);
        var stranger = Request("web", ["true"]) with { Container = "other" };
        Assert.Equal("container not found (\"other\")",
            Assert.IsType<SessionStart.NoContainer>(node.Kubelet.Exec(stranger)).Message);
    }

    [Fact]
    public async Task A_huge_output_waits_for_its_reader_and_an_abandoned_program_is_ended()
    {
        await using var node = new TestNode();
        _ = node.Pod("web", TestNode.Script("exec sleep 600"));
        _ = await node.RunningAsync("web");
        var session = Open(node.Kubelet.Exec(Request("web", ["head", "-c", "50000000", "/dev/zero"])));
        var total = 0L;
        var buffer = new byte[65536];
        for (int read; (read = await session.Output.ReadAsync(buffer, Stop)) > 0;)
        {
            total += read;
        }

        Assert.Equal((50_000_000, 0), (total, await session.Exited));
        await session.DisposeAsync();
        var endless = Open(node.Kubelet.Exec(Request("web", ["sleep", "600"])));
        await endless.DisposeAsync();
        Assert.Equal(137, await endless.Exited.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Stop));
    }

    [Fact]
    public async Task Attaching_reads_what_comes_and_writes_the_containers_input()
    {
        await using var node = new TestNode();
        _ = node.Pod("web", "\"stdin\": true, " + TestNode.Script("while read line; do echo got $line; done; echo bye"),
            "\"restartPolicy\": \"Never\",");
        _ = await node.RunningAsync("web");
        await using var session = Open(node.Kubelet.Attach(Request("web", [], stdin: true)));
        await session.Input.WriteAsync("one\ntwo\n"u8.ToArray(), Stop);
        await session.Input.DisposeAsync();
        Assert.Equal("got one\ngot two\nbye\n", await TextAsync(session.Output));
        Assert.Equal(0, await session.Exited);
        _ = await node.UntilAsync("web", body => TestNode.MainOf(body).At("state", "terminated") is not null);
        Assert.Contains("got two", await node.LogAsync("web"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_to_attach_to_a_container_with_input_gets_what_was_said_before()
    {
        await using var node = new TestNode();
        var script = TestNode.Script("echo early; echo wrong >&2; read line; echo got $line");
        _ = node.Pod("web", "\"stdin\": true, " + script,
            "\"restartPolicy\": \"Never\",");
        _ = await node.RunningAsync("web");
        for (var look = 0; look < 200; look++)
        {
            if ((await node.LogAsync("web")).Contains("wrong", StringComparison.Ordinal))
            {
                break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }

        await using var first = Open(node.Kubelet.Attach(Request("web", [], stdin: true)));
        await using var second = Open(node.Kubelet.Attach(Request("web", [])));
        await first.Input.WriteAsync("one\n"u8.ToArray(), Stop);
        Assert.Equal("early\ngot one\n", await TextAsync(first.Output));
        Assert.Equal("wrong\n", await TextAsync(first.Errors));
        Assert.Equal("got one\n", await TextAsync(second.Output));
    }

    /// <summary>Runs a program in the container "main" of a pod; what it wrote.</summary>
    internal static async Task<string> OutputAsync(TestNode node, string pod, params string[] argv)
    {
        await using var session = Open(node.Kubelet.Exec(Request(pod, argv)));
        return await TextAsync(session.Output);
    }

    private static SessionRequest Request(string pod, string[] argv, bool stdin = false, bool tty = false) =>
        new("shop", pod, "main", [.. argv], stdin, tty);

    private static IProgramSession Open(SessionStart start) => Assert.IsType<SessionStart.Opened>(start).Session;

    private static async Task<string> TextAsync(Stream stream)
    {
        using var text = new MemoryStream();
        await stream.CopyToAsync(text, Stop).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Stop);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
