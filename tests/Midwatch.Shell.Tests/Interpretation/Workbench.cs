using System.Collections.Immutable;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Interpretation;

/// <summary>A session in a folder of its own, with real programs, for one test.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly ProgramStarter _starter = new();
    private readonly Folder _streams = new();

    public Workbench(params string[] refused)
    {
        Judge = new PermissiveJudge(refused);
        var environment = new Dictionary<string,
            string> { ["PATH"] = "/usr/bin:/bin", ["LC_ALL"] = "C.UTF-8", ["HOME"] = Folder.Path };
        Session = new ShellSession(Folder.Path, environment);
        Interpreter = new Interpreter(
            new RealPrograms(_starter), Judge, new InterpreterOptions { WritableDirectory = Folder.Path });
    }

    public Folder Folder { get; } = new();

    public PermissiveJudge Judge { get; }

    public ShellSession Session { get; }

    public Interpreter Interpreter { get; }

    public PlaceholderBindings Bindings { get; private set; } = PlaceholderBindings.None;

    public string Output => File.ReadAllText(_streams.File("out"));

    public void BindPlaceholder(string name, string value) =>
        Bindings = new PlaceholderBindings(Bindings.Values.SetItem(name, value));

    public async Task<ShellOutcome> RunUntilAsync(string text, CancellationToken cancellationToken)
    {
        using var input = File.OpenHandle("/dev/null");
        using var output = File.OpenHandle(_streams.File("out"), FileMode.Create, FileAccess.Write);
        return await Interpreter.RunAsync(
            Parse(text), Session, Bindings, new ShellStreams(input, output, output), cancellationToken);
    }

    public Task<ShellOutcome> RunAsync(string text) => RunUntilAsync(text, TestContext.Current.CancellationToken);

    public ImmutableArray<ShellDiagnostic> Refusals(string text) => Interpreter.Check(Parse(text), Session, Bindings)
        .Refusals;

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await _starter.DisposeAsync();
        Folder.Dispose();
        _streams.Dispose();
    }

    private static Script Parse(string text)
    {
        var result = ShellParser.Parse(text, ShellParserOptions.Runbook);
        Assert.Empty(result.Diagnostics);
        return result.Script;
    }
}
