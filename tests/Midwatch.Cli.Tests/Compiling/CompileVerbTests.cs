using System.Text.Json.Nodes;
using Midwatch.Cli.Compiling;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Tests.Compiling;

/// <summary><c>midwatch compile</c> with a screen that is read back.</summary>
public sealed class CompileVerbTests : IDisposable
{
    private const string Runbook = """
        # Runbook: CartDown

        **Alert**: `CartDown`

        The shop sells nothing while this lasts.

        ## Diagnosis

        ```bash
        kubectl get pods -n shop -l app=cart
        # - Pods in Pending → no node has room
        ```

        ## Resolution

        ### Scenario 1: Bad release

        ```bash
        kubectl rollout undo deployment/cart -n shop
        ```

        ## Escalation

        - After 15 minutes: call the shop team
        """;

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-compile-").FullName;

    [Theory]
    [InlineData(1, "text", "heading")]
    [InlineData(4, "text", "a blank line")]
    [InlineData(3, "alert", "CartDown opens this procedure")]
    [InlineData(5, "text", "paragraph")]
    [InlineData(7, "section", "Diagnosis (line 7), for: diagnose")]
    [InlineData(10, "effect", "read")]
    [InlineData(10, "target", "pod -l app=cart in namespace shop")]
    [InlineData(11, "rule", "\"Pods in Pending\" means \"no node has room\"")]
    [InlineData(16, "scenario", "Bad release")]
    [InlineData(19, "effect", "change")]
    [InlineData(19, "section", "Bad release (line 16), for: resolve")]
    public void A_line_is_explained(int line, string label, string text)
    {
        Assert.Equal(0, Compile(new CompileRequest { Paths = [Write()], Explain = line }));

        Assert.Contains(_output.ToString().Split('\n'), each =>
            each.StartsWith($"  {label} ", StringComparison.Ordinal) && each.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(25)]
    public void A_line_that_is_not_there_is_wrong_use(int line)
    {
        Assert.Equal(2, Compile(new CompileRequest { Paths = [Write()], Explain = line }));
        Assert.Contains($"it has no line {line}; its last is 24.", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void A_line_of_two_files_is_wrong_use()
    {
        Write();
        File.Copy(Path.Combine(_folder, "cart.md"), Path.Combine(_folder, "other.md"));
        Assert.Equal(2, Compile(new CompileRequest { Paths = [_folder], Explain = 1 }));
    }

    [Fact]
    public void The_page_of_a_summary_holds_what_the_JSON_says_and_no_markup_of_the_document()
    {
        var path = Path.Combine(_folder, "a.md");
        File.WriteAllText(path, Runbook.Replace("CartDown", "Cart<script>Down", StringComparison.Ordinal));

        Assert.Equal(0, Compile(new CompileRequest { Paths = [path], Summary = true, Format = CompileFormat.Html }));
        var page = _output.ToString();
        _output.GetStringBuilder().Clear();
        Assert.Equal(0, Compile(new CompileRequest { Paths = [path], Summary = true, Format = CompileFormat.Json }));

        var total = JsonNode.Parse(_output.ToString())!["total"]!;
        Assert.Equal(1, (int)total["commands"]!["read"]!);
        Assert.Equal(1, (int)total["commands"]!["change"]!);
        Assert.StartsWith("<!doctype html>", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script>Down", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme", page, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Write()
    {
        var path = Path.Combine(_folder, "cart.md");
        File.WriteAllText(path, Runbook);
        return path;
    }

    private int Compile(CompileRequest request) =>
        new CompileVerb(new Screen(_output, _error, colour: false, interactive: false)).Run(request);
}
