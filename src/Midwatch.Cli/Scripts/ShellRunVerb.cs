using System.Collections;
using System.Collections.Immutable;
using Midwatch.Cli.Checking;
using Midwatch.Cli.Runbooks;
using Midwatch.Cli.Terminal;
using Midwatch.Execution.Programs;
using Midwatch.Processes;
using Midwatch.Runbooks.Effects;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Cli.Scripts;

/// <summary>Runs a script without a shell.</summary>
/// <param name="standardInput">Opened only when the script is <c>-</c>.</param>
internal sealed class ShellRunVerb(Screen screen, Func<Stream> standardInput)
{
    /// <summary>Nothing was run: the reasons were known before.</summary>
    internal const int RefusedStatus = 125;

    /// <summary>Stopped on the way: a refusal, or a limit.</summary>
    internal const int StoppedStatus = 124;

    internal async Task<int> RunAsync(ShellRunRequest request, CancellationToken cancellationToken)
    {
        var (text, problem) = ShellFile.Read(request.File, standardInput);
        if (text is null)
        {
            screen.Complain(problem ?? request.File);
            return ExitCodes.Usage;
        }

        if (request.Writable is { } folder && !Directory.Exists(folder))
        {
            screen.Complain($"{folder}: there is no such folder.");
            return ExitCodes.Usage;
        }

        var script = CheckedShell.Read(request.File == "-" ? "<stdin>" : request.File, text, request.Runbook);
        if (EffectFiles.Judge(screen, request.Effects) is not { } effects)
        {
            return ExitCodes.Usage;
        }

        return script.Result.IsSound
            ? await RunAsync(request, script, effects, cancellationToken)
            : Tell(request, script, new ShellRunReport(new ShellOutcome.Refused(script.Result.Diagnostics)));
    }

    private async Task<int> RunAsync(
        ShellRunRequest request, CheckedShell script, EffectJudge effects, CancellationToken cancellationToken)
    {
        await using var starter = new ProgramStarter();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (request.TimeLimit is { } time)
        {
            limit.CancelAfter(time);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(request.File == "-" ? "stdin" : request.File));
        var run = script.Transcript?.Commands ?? script.Text;
        var judge = new PolicyJudge(
            effects.Read(script.Result.Script, run), run, Most(request.Policy));
        var interpreter = new Interpreter(new ProgramHost(starter), judge, new InterpreterOptions
        {
            WritableDirectory = request.Writable is null ? null : Path.GetFullPath(request.Writable),
            SourceDirectory = folder,
        });
        await using var session = Session(request, run);
        using var streams = ScriptStreams.Open(starter, request.Json);
        var outcome = await interpreter.RunAsync(
            script.Result.Script, session, Bindings(request), streams.Streams, limit.Token);
        await session.EndJobsAsync();
        if (outcome is ShellOutcome.Cancelled && !cancellationToken.IsCancellationRequested)
        {
            outcome = new ShellOutcome.Stopped(new ShellDiagnostic(
                "SH3010", "The time is up, and everything was ended.", "Give it more by --time-limit.", default));
        }

        return Tell(request, script, await streams.FinishAsync(outcome));
    }

    private static ShellSession Session(ShellRunRequest request, string text)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? string.Empty));
        var session = new ShellSession(Environment.CurrentDirectory, environment);
        session.Describe(request.File == "-" ? "midwatch" : request.File, text);
        session.SetPositional(request.Arguments);
        foreach (var (name, value) in Values(request).Where(pair => ShellNames.IsVariable(pair.Key)))
        {
            session.Bind(name, value);
        }

        return session;
    }

    private static PlaceholderBindings Bindings(ShellRunRequest request) =>
        new(Values(request).ToImmutableSortedDictionary(StringComparer.Ordinal));

    // Of a name that is given twice the last value counts.
    private static Dictionary<string, string> Values(ShellRunRequest request)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var each in request.Values)
        {
            var equals = each.IndexOf('=', StringComparison.Ordinal);
            values[each[..equals]] = each[(equals + 1)..];
        }

        return values;
    }

    private static Effect Most(string policy) => policy switch
    {
        "change" => Effect.Change,
        "destroy" => Effect.Destroy,
        _ => Effect.Read,
    };

    private int Tell(ShellRunRequest request, CheckedShell script, ShellRunReport report)
    {
        if (request.Json)
        {
            screen.Line(report.ToJson(script));
        }
        else
        {
            foreach (var reason in report.Reasons)
            {
                var place = script.Locate(reason.Span.Start);
                screen.Complain($"{script.Path}:{place}: {reason.Code}: {reason.Message} {reason.Remedy}");
            }
        }

        return report.ExitCode;
    }
}
