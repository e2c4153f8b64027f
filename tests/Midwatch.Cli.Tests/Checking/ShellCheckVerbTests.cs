using System.Text;
using System.Text.Json;
using Midwatch.Cli.Checking;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Tests.Checking;

public sealed class ShellCheckVerbTests
{
    [Fact]
    public void A_fault_is_shown_with_a_caret_under_its_place_and_a_remedy()
    {
        var (status, output, _) = Check("ls\n\tif true; then\n  echo \"open\n");
        Assert.Equal(ExitCodes.No, status);
        Assert.Equal(
            """
            <stdin>:3:8: SH1001: The quote " is never closed.
                3 |   echo "open
                  |        ^
                  = Close it, or write \ before it if it is meant as text.
            
            """.ReplaceLineEndings("\n"),
            output);
    }

    [Fact]
    public void Sound_text_is_said_to_be_so()
    {
        Assert.Equal((ExitCodes.Well, "<stdin>: sound\n", ""), Check("for i in 1 2; do echo $i; done\n"));
        Assert.Equal((ExitCodes.Well, "<stdin>: sound\n", ""), Check(""));
    }

    [Fact]
    public void A_block_of_a_runbook_has_its_holes_and_its_output_counted()
    {
        const string Block = "$ kubectl logs <pod-name> -n {namespace}\nstarted\n$ oc rsh <pod-name>\nsh-4.4# ls\n";
        var (status, output, _) = Check(Block, runbook: true);
        Assert.Equal(ExitCodes.Well, status);
        Assert.Equal(
            "<stdin>: sound, 2 commands; to fill in: pod-name, namespace; 1 line of output; 1 line for another shell\n",
            output);
    }

    [Theory]
    [InlineData("$ oc debug node/n1\n$ chroot /host\n$ systemctl restart kubelet\n", 1, 2)]
    [InlineData("kubectl exec -it web-0 -- bash\nls /data\nexit\nuptime\n", 2, 2)]
    [InlineData("kubectl exec -it web-0 -- bash\nls /data\nkubectl get pods\n", 2, 1)]
    [InlineData("$ oc rsh web-0\nsh-4.4# ls\nsh-4.4# exit\n$ uptime\n", 2, 2)]
    public void Lines_in_a_shell_that_a_command_opened_are_for_that_shell(string block, int here, int there)
    {
        var (status, output, _) = Check(block, runbook: true);
        Assert.Equal(ExitCodes.Well, status);
        Assert.Equal(
            $"<stdin>: sound, {here} command{(here == 1 ? "" : "s")}; {there} line{(there == 1 ? "" : "s")} for another shell\n",
            output);
    }

    [Fact]
    public void Places_behind_a_prompt_are_those_of_the_file()
    {
        var (status, output, _) = Check("out\n$ ls\nmore\n  $ rpm —e agent\n", runbook: true);
        Assert.Equal(ExitCodes.No, status);
        Assert.StartsWith("<stdin>:4:9: SH1301: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_names_every_place()
    {
        var (status, output, _) = Check("kubectl logs <pod-name>; echo 'x", runbook: true, json: true);
        Assert.Equal(ExitCodes.No, status);
        Assert.Empty(PublishedSchema.Faults("shell-check", output));
        using var json = JsonDocument.Parse(output);
        var file = Assert.Single(json.RootElement.GetProperty("files").EnumerateArray());
        Assert.False(file.GetProperty("sound").GetBoolean());
        var fault = Assert.Single(file.GetProperty("diagnostics").EnumerateArray());
        Assert.Equal("SH1001", fault.GetProperty("code").GetString());
        Assert.Equal((1, 31), (fault.GetProperty("line").GetInt32(), fault.GetProperty("column").GetInt32()));
        var hole = Assert.Single(file.GetProperty("placeholders").EnumerateArray());
        Assert.Equal("pod-name", hole.GetProperty("name").GetString());
        Assert.Equal("angle", hole.GetProperty("style").GetString());
    }

    [Fact]
    public void A_file_that_is_not_there_is_wrong_use_and_the_others_are_still_checked()
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var screen = new Screen(output, error, colour: false, interactive: false);
        var verb = new ShellCheckVerb(screen, () => new MemoryStream("ls\n"u8.ToArray()));
        Assert.Equal(ExitCodes.Usage, verb.Run(["/no/such.sh", "-", "/tmp"], runbook: false, json: false));
        Assert.Equal("<stdin>: sound\n", output.ToString());
        Assert.Equal(
            "midwatch: /no/such.sh: there is no such file.\nmidwatch: /tmp: is a folder; name the scripts in it.\n",
            error.ToString());
    }

    private static (int Status, string Output, string Error) Check(string text, bool runbook = false, bool json = false)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var screen = new Screen(output, error, colour: false, interactive: false);
        var verb = new ShellCheckVerb(screen, () => new MemoryStream(Encoding.UTF8.GetBytes(text)));
        return (verb.Run(["-"], runbook, json), output.ToString(), error.ToString());
    }
}
