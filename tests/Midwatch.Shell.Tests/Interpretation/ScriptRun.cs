using System.Collections.Immutable;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Interpretation;

/// <summary>What a script printed and left behind.</summary>
internal sealed record ScriptRun(string Output, int Status, string Files, string Complaints)
{
    private static readonly ImmutableDictionary<string, string> Plain = ImmutableDictionary<string, string>.Empty
        .Add("PATH", "/usr/bin:/bin")
        .Add("LC_ALL", "C.UTF-8");

    public static async Task<ScriptRun> InBashAsync(ProgramStarter starter, string script)
    {
        using var work = new Folder();
        using var streams = new Folder();
        await System.IO.File.WriteAllTextAsync(streams.File("script"), script);
        var status = await RunBashAsync(starter, work, streams);
        return new ScriptRun(
            await System.IO.File.ReadAllTextAsync(streams.File("out")),
            status,
            Listing(work.Path),
            await System.IO.File.ReadAllTextAsync(streams.File("err")));
    }

    public static async Task<ScriptRun> InMidwatchAsync(IProgramHost host, string script)
    {
        using var work = new Folder();
        using var streams = new Folder();
        var parsed = ShellParser.Parse(script, ShellParserOptions.Bash);
        if (!parsed.IsSound)
        {
            return new ScriptRun(string.Empty, -1, string.Empty, parsed.Diagnostics[0].Format(script));
        }

        var options = new InterpreterOptions { WritableDirectory = work.Path, RefuseUnset = false };
        await using var session = new ShellSession(work.Path, Plain.Add("HOME", work.Path));
        var outcome =
            await RunAsync(new Interpreter(host, new PermissiveJudge(), options), parsed.Script, session, streams);
        var complaints = await System.IO.File.ReadAllTextAsync(streams.File("err"));
        return new ScriptRun(
            await System.IO.File.ReadAllTextAsync(streams.File("out")),
            outcome is ShellOutcome.Exited exited ? exited.Status : -1,
            Listing(work.Path),
            outcome switch
            {
                ShellOutcome.Refused refused =>
                    string.Join('\n', refused.Reasons.Select(reason => reason.Format(script))),
                ShellOutcome.Stopped stopped => stopped.Reason.Format(script),
                _ => complaints,
            });
    }

    private static async Task<int> RunBashAsync(ProgramStarter starter, Folder work, Folder streams)
    {
        using var input = System.IO.File.OpenHandle("/dev/null");
        using var output = System.IO.File.OpenHandle(streams.File("out"), FileMode.Create, FileAccess.Write);
        using var error = System.IO.File.OpenHandle(streams.File("err"), FileMode.Create, FileAccess.Write);
        var result = starter.Start(new ProgramSpec
        {
            Argv = ["/bin/bash", streams.File("script")],
            Environment = Plain.Add("HOME", work.Path),
            WorkingDirectory = work.Path,
            StandardInput = input,
            StandardOutput = output,
            StandardError = error,
        });
        var started = Assert.IsType<StartResult.Started>(result);
        await using var program = started.Program;
        return (await program.Exited).ShellCode;
    }

    private static async Task<ShellOutcome> RunAsync(
        Interpreter interpreter, Script script, ShellSession session, Folder streams)
    {
        using var input = System.IO.File.OpenHandle("/dev/null");
        using var output = System.IO.File.OpenHandle(streams.File("out"), FileMode.Create, FileAccess.Write);
        using var error = System.IO.File.OpenHandle(streams.File("err"), FileMode.Create, FileAccess.Write);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return await interpreter.RunAsync(
            script, session, PlaceholderBindings.None, new ShellStreams(input, output, error), limit.Token);
    }

    private static string Listing(string directory) => string.Join('\n', Directory
        .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetRelativePath(directory, file)}: {System.IO.File.ReadAllText(file)}"));
}
