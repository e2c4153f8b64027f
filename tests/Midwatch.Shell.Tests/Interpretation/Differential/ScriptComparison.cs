using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>Runs scripts in bash, many in one process, then in the interpreter.</summary>
internal static class ScriptComparison
{
    private const int BatchSize = 50;
    private const int RefusedStatus = -1;
    private const int StoppedStatus = -2;
    private const int CancelledStatus = -3;

    // One bash runs the scripts of a batch, each in a bash of its own.
    private const string Driver = """
        i=0
        while [ -d "$1/$i" ]; do
          cd "$1/$i/work"
          read -r stand_ins < ../stand-ins
          env -i PATH="$stand_ins:/usr/bin:/bin" LC_ALL=C.UTF-8 HOME="$1/$i/work" STAND_IN_CALLS="$1/$i/calls" \
            timeout 60 /bin/bash ../script > ../out 2> ../err < /dev/null
          echo $? > ../status
          i=$((i + 1))
        done
        """;

    /// <summary>Runs each script in both; gives the pairs in order.</summary>
    public static async Task<ImmutableArray<ComparedResult>> RunAsync(
        IReadOnlyList<ComparedScript> scripts, CancellationToken cancellationToken)
    {
        await using var starter = new ProgramStarter();
        var batches = new ComparedResult[(scripts.Count + BatchSize - 1) / BatchSize][];
        var options = new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, batches.Length, options, async (batch, token) =>
        {
            using var folder = new Folder();
            var places = scripts.Skip(batch * BatchSize).Take(BatchSize)
                .Select((script, i) => new ScriptPlace(folder.File(Number(i)), script)).ToArray();
            await RunBashAsync(starter, folder.Path);
            var results = new List<ComparedResult>();
            foreach (var place in places)
            {
                var expected = place.Take(
                    int.Parse(await File.ReadAllTextAsync(place.File("status"), token), CultureInfo.InvariantCulture));
                results.Add(new(place.Script, expected, await RunMidwatchAsync(starter, place, token)));
            }

            batches[batch] = [.. results];
        });
        return [.. batches.SelectMany(batch => batch)];
    }

    private static string Number(int i) => i.ToString(CultureInfo.InvariantCulture);

    private static async Task RunBashAsync(ProgramStarter starter, string root)
    {
        var result = starter.Start(new ProgramSpec
        {
            Argv = ["/bin/bash", "-c", Driver, "driver", root],
            Environment = ImmutableDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin"),
            WorkingDirectory = root,
        });
        await using var program = Assert.IsType<StartResult.Started>(result).Program;
        await program.Exited;
    }

    private static async Task<ScriptRun> RunMidwatchAsync(
        ProgramStarter starter, ScriptPlace place, CancellationToken cancellationToken)
    {
        var parsed = ShellParser.Parse(place.Script.Written, place.Script.Options);
        if (!parsed.IsSound)
        {
            return Refused(parsed.Diagnostics);
        }

        var options = new InterpreterOptions
        {
            WritableDirectory = place.Work, SourceDirectory = place.Work, RefuseUnset = false,
            Time = place.Script.Options.Placeholders ? new HurriedTime() : TimeProvider.System,
        };
        await using var host = new RealPrograms(starter);
        var interpreter = new Interpreter(host, new PermissiveJudge(), options);
        await using var session = new ShellSession(place.Work, place.Environment());
        session.Describe("../script", place.Script.Written);
        var outcome = await RunAsync(interpreter, parsed.Script, session, place, cancellationToken);
        return outcome switch
        {
            ShellOutcome.Exited exited => place.Take(exited.Status),
            ShellOutcome.Refused refused => Refused(refused.Reasons),
            ShellOutcome.Stopped stopped => place.Take(StoppedStatus, Text([stopped.Reason])) with
            {
                Codes = [stopped.Reason.Code],
            },
            _ => place.Take(CancelledStatus, "cancelled"),
        };

        ScriptRun Refused(ImmutableArray<ShellDiagnostic> reasons) =>
            place.Take(RefusedStatus, Text(reasons)) with { Codes = [.. reasons.Select(reason => reason.Code)] };

        string Text(ImmutableArray<ShellDiagnostic> reasons) =>
            string.Join('\n', reasons.Select(reason => reason.Format(place.Script.Written)));
    }

    private static async Task<ShellOutcome> RunAsync(
        Interpreter interpreter,
        Script script,
        ShellSession session,
        ScriptPlace place,
        CancellationToken cancellationToken)
    {
        using var input = File.OpenHandle("/dev/null");
        using var output = File.OpenHandle(place.File("out"), FileMode.Create, FileAccess.Write);
        using var error = File.OpenHandle(place.File("err"), FileMode.Create, FileAccess.Write);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        return await interpreter.RunAsync(
            script, session, place.Script.Bindings, new ShellStreams(input, output, error), limit.Token);
    }
}
