using System.Text.Json;
using Midwatch.EndToEnd.Tests.Running;

namespace Midwatch.EndToEnd.Tests;

/// <summary><c>midwatch compile</c> with the built binary.</summary>
public sealed class CompileTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-compile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task One_document_holds_every_runbook_in_the_published_shape()
    {
        WebRunbook.Write(Path.Combine(_folder, "b.md"));
        WebRunbook.Write(Path.Combine(_folder, "a.markdown"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "notes.txt"), "no runbook",
            TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(await CompiledAsync(_folder, "--format", "json"));
        Assert.Equal(1, document.RootElement.GetProperty("schemaVersion").GetInt32());
        var runbooks = document.RootElement.GetProperty("runbooks");
        Assert.Equal(
            [Path.Combine(_folder, "a.markdown"), Path.Combine(_folder, "b.md")],
            runbooks.EnumerateArray().Select(runbook => runbook.GetProperty("path").GetString()));
        var procedure = runbooks[1].GetProperty("procedures")[0];
        Assert.Equal("alert", procedure.GetProperty("kind").GetString());
        Assert.Equal("WebDown", procedure.GetProperty("alerts")[0].GetProperty("name").GetString());
        Assert.Equal(2, procedure.GetProperty("scenarios").GetArrayLength());
        var command = procedure.GetProperty("scenarios")[1].GetProperty("steps").EnumerateArray()
            .SelectMany(step => step.GetProperty("commands").EnumerateArray()).First();
        Assert.Equal("kubectl rollout undo deployment/web -n web", command.GetProperty("text").GetString());
        Assert.Equal("change", command.GetProperty("effect").GetString());
        Assert.Equal("web", command.GetProperty("target").GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Array, runbooks[1].GetProperty("diagnostics").ValueKind);
    }

    [Fact]
    public async Task The_tree_shows_scenarios_and_effects()
    {
        var tree = await CompiledAsync(WebRunbook.Write(Path.Combine(_folder, "web.md")));
        Assert.Contains("Scenario 2: Image Pull Error", tree, StringComparison.Ordinal);
        Assert.Contains("change", tree, StringComparison.Ordinal);
        Assert.Contains("kubectl rollout undo deployment/web -n web", tree, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_is_explained_with_its_source()
    {
        var path = WebRunbook.Write(Path.Combine(_folder, "web.md"));
        var scenario = await CompiledAsync(path, "--explain", $"{WebRunbook.LineOf("Scenario 2")}");
        Assert.Contains($"80 % ", scenario, StringComparison.Ordinal);
        Assert.Contains($"[line {WebRunbook.LineOf("Scenario 2")}]", scenario, StringComparison.Ordinal);
        var command = await CompiledAsync(path, "--explain", $"{WebRunbook.LineOf("rollout undo")}");
        Assert.Contains("change", command, StringComparison.Ordinal);
        Assert.Contains("deployment/web in namespace web", command, StringComparison.Ordinal);
        Assert.Contains("undo-rollout", command, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_says_how_much_was_understood()
    {
        var summary = await CompiledAsync(WebRunbook.Write(Path.Combine(_folder, "web.md")), "--summary");
        Assert.Contains("1 procedure, 2 scenarios, 5 commands (3 read, 2 change)", summary, StringComparison.Ordinal);
        Assert.Contains("unrecognised 0 % (0 of ", summary, StringComparison.Ordinal);
    }

    private static async Task<string> CompiledAsync(params string[] arguments)
    {
        await using var run = MidwatchRun.Start(["compile", .. arguments]);
        Assert.True(await run.ExitsAsync(Limit) == 0, run.Output);
        return run.Output;
    }
}
