using System.Diagnostics;
using System.Globalization;
using Midwatch.Execution.Programs;
using Midwatch.Processes;
using Midwatch.Runbooks.Effects;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Bench;

/// <summary>How long scripts that do not end take to end when they are cancelled.</summary>
internal static class CancelBench
{
    private const int Rounds = 11;

    // After so long a script is in the middle of what it does.
    private static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(150);

    /// <summary>Cancels each script of a list some times; prints the median and the worst of each.</summary>
    /// <param name="list">One script a line; lines that begin with <c># </c> are comments.</param>
    internal static async Task<int> RunAsync(string list)
    {
        var scripts = (await File.ReadAllLinesAsync(list))
            .Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal)).ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"from the cancellation to the end, {Rounds} rounds each"));
        Console.WriteLine("  median     worst");
        await MeasureAsync("env true", cancels: false);
        foreach (var script in scripts)
        {
            await MeasureAsync(script, cancels: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string script, bool cancels)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            times.Add(await OnceAsync(script, cancels));
        }

        times.Sort();
        var what = cancels ? script : $"({script}, from its start, for comparison)";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{times[Rounds / 2],8:F1}  {times[^1],8:F1} ms  {what}"));
    }

    private static async Task<double> OnceAsync(string script, bool cancels)
    {
        var folder = Directory.CreateTempSubdirectory("midwatch-bench-");
        await using var starter = new ProgramStarter();
        await using var session = new ShellSession(
            folder.FullName, new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" });
        var parsed = ShellParser.Parse(script, ShellParserOptions.Bash);
        var judge = new EffectGate(EffectJudge.Default().Read(parsed.Script, script), script, Effect.Destroy)
        {
            AllowElsewhere = true, AllowSecrets = true,
        };
        var interpreter = new Interpreter(new ProgramHost(starter), judge, new InterpreterOptions
        {
            WritableDirectory = folder.FullName, RefuseUnset = false,
        });
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        using var cancel = new CancellationTokenSource();
        var began = Stopwatch.GetTimestamp();
        var run = interpreter.RunAsync(
            parsed.Script,
            session,
            PlaceholderBindings.None,
            new ShellStreams(nothing, nothing, nothing),
            cancel.Token);
        if (cancels)
        {
            await Task.Delay(Lead, TimeProvider.System, CancellationToken.None);
            began = Stopwatch.GetTimestamp();
            Cancel(cancel);
        }

        var outcome = await run;
        var taken = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (cancels != outcome is ShellOutcome.Cancelled)
        {
            throw new InvalidOperationException($"{script}: {outcome}");
        }

        await session.EndJobsAsync();
        folder.Delete(recursive: true);
        return taken;
    }

    // On this thread: the pool may have none left for a script that keeps the processors busy.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();
}
