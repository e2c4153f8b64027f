using System.Collections.Immutable;
using Midwatch.Execution.Programs;
using Midwatch.Execution.Redaction;
using Midwatch.Execution.Steps;
using Midwatch.Processes;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Execution.Tests.Steps;

/// <summary>A runner on real programs in a folder of its own, for one test.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public static readonly EffectJudge Judge = EffectJudge.Default();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("midwatch-steps");
    private readonly ProgramStarter _starter = new();

    public Bench(Func<StepRunnerOptions, StepRunnerOptions>? change = null)
    {
        var options = new StepRunnerOptions
        {
            Starter = _starter,
            Directory = _folder.FullName,
            Kubeconfig = "/nowhere/kubeconfig",
            SearchPath = $"{Programs.FullName}:/usr/local/bin:/usr/bin:/bin",
            Redactor = Redactor,
            Judge = Judge,
            Time = TimeProvider.System,
        };
        Runner = StepRunner.Open(change is null ? options : change(options));
    }

    public StepRunner Runner { get; }

    public Redactor Redactor { get; } = new();

    public static Allowance Changing { get; } = new() { Most = Effect.Change };

    private DirectoryInfo Programs => _folder.CreateSubdirectory("programs");

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static ExecutionLimits Quick { get; } = new()
    {
        Command = TimeSpan.FromSeconds(1), Following = TimeSpan.FromSeconds(0.5), PortForward = TimeSpan.FromSeconds(3),
    };

    /// <summary>A command as the compiler would give it, at line 40, column 3 of its document.</summary>
    public static StepCommand Command(string text)
    {
        var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
        var lines = text.Split('\n');
        return new StepCommand
        {
            Id = "c01",
            Text = text,
            Script = parsed.IsSound ? parsed.Script : null,
            Span = new DocumentSpan(40, 3, 40 + lines.Length - 1, lines[^1].Length),
            Origins = [.. lines.Select((_, index) => new LineOrigin(40 + index, 3))],
            Effect = Judge.Judge(parsed.Script, text),
            Phase = Phase.Diagnose,
            Placeholders = [],
            Comment = "",
            Expects = [],
        };
    }

    public Task<CommandOutcome> RunAsync(string text, Allowance? allowance = null) =>
        Runner.RunAsync(Command(text), allowance ?? Allowance.Reading, Cancelled);

    /// <summary>Puts a program in the runner's search path, as a shell script.</summary>
    public void Script(string name, string body)
    {
        var path = Path.Combine(Programs.FullName, name);
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync();
        await _starter.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public static PlaceholderBindings Bindings(string name, string value) =>
        new(ImmutableSortedDictionary<string, string>.Empty.Add(name, value));
}
