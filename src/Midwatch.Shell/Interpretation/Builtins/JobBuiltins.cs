using System.Globalization;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>wait</c>, <c>kill</c> and <c>sleep</c>.</summary>
internal static class JobBuiltins
{
    private const int NotAChildStatus = 127;

    // What Task.Delay takes; nobody waits longer in a step.
    private const double SecondsMax = int.MaxValue / 1000.0;

    public static async ValueTask<Flow> WaitAsync(BuiltinCall call)
    {
        var session = call.Context.Run.Session;
        var arguments = call.Arguments[1..];
        var cancellation = call.Context.Run.Cancellation;
        if (arguments is ["-n"])
        {
            return await WaitForOneAsync(call);
        }

        if (arguments.IsEmpty)
        {
            // Of process substitutions only the last, and only while $! tells of it.
            var last = call.Context.State.LastJob;
            var awaited = Own(call).Where(job => !job.IsSubstitution || job.Number == last);
            await Task.WhenAll(awaited.Select(job => job.Completion)).WaitAsync(cancellation);
            session.Forget();
            return Flow.Next(0);
        }

        var status = 0;
        foreach (var argument in call.Arguments.Skip(1))
        {
            if (argument.StartsWith('-'))
            {
                return call.Stop($"wait: “{argument}” is not supported by the interpreter.");
            }

            status = Find(call, argument) is { } job && job.Owner == call.Context.State.Identity
                ? await job.Completion.WaitAsync(call.Context.Run.Cancellation)
                : call.Fail($"pid {argument} is not a child of this shell", NotAChildStatus).Status;
        }

        return Flow.Next(status);
    }

    private static IEnumerable<BackgroundJob> Own(BuiltinCall call) =>
        call.Context.Run.Session.Jobs.Where(job => job.Owner == call.Context.State.Identity);

    private static async ValueTask<Flow> WaitForOneAsync(BuiltinCall call)
    {
        var jobs = Own(call).Where(job => !job.IsSubstitution && !job.WasWaitedFor).ToArray();
        if (jobs.Length == 0)
        {
            return Flow.Next(NotAChildStatus);
        }

        var first = await Task.WhenAny(jobs.Select(job => job.Completion))
            .WaitAsync(call.Context.Run.Cancellation);
        jobs.First(job => job.Completion == first).WasWaitedFor = true;
        return Flow.Next(await first);
    }

    /// <summary><c>jobs -p</c>, for <c>kill $(jobs -p)</c>.</summary>
    public static ValueTask<Flow> Jobs(BuiltinCall call)
    {
        var options = new OptionReader(call.Arguments, string.Empty, "prs");
        var numbers = false;
        while (options.Next() is { } option)
        {
            numbers |= option.Letter == 'p';
        }

        if (options.IsWrong || !numbers)
        {
            return ValueTask.FromResult(call.Stop("jobs is supported by the interpreter only with -p."));
        }

        foreach (var job in call.Context.Run.Session.Jobs.Where(job =>
            !job.IsSubstitution && !job.Completion.IsCompleted))
        {
            call.Context.Print(1, $"{job.Number}\n");
        }

        return ValueTask.FromResult(Flow.Next(0));
    }

    /// <summary>Ends jobs of the session; anything else is for the program of that name, and for the judge.</summary>
    public static async ValueTask<Flow> KillAsync(BuiltinCall call)
    {
        var operands = call.Arguments.Skip(1).SkipWhile(argument => argument.StartsWith('-')).ToArray();
        var jobs = operands.Select(operand => Find(call, operand)).ToArray();
        if (operands.Length == 0 || jobs.Contains(null) || call.Arguments.Contains("-0"))
        {
            return await new ProgramRunner(call.Context).RunAsync(CommandBuiltins.AsProgram(call, call.Arguments));
        }

        foreach (var job in jobs)
        {
            job!.Kill(128 + Signal(call.Arguments));
        }

        return Flow.Next(0);
    }

    public static async ValueTask<Flow> SleepAsync(BuiltinCall call)
    {
        var total = TimeSpan.Zero;
        foreach (var argument in call.Arguments.Skip(1))
        {
            if (Duration(argument) is not { } duration)
            {
                return call.Fail($"invalid time interval '{argument}'");
            }

            total = TimeSpan.FromSeconds(Math.Min(SecondsMax, (total + duration).TotalSeconds));
        }

        if (call.Arguments.Length == 1)
        {
            return call.Fail("missing operand");
        }

        await Task.Delay(total, call.Context.Run.Options.Time, call.Context.Run.Cancellation);
        return Flow.Next(0);
    }

    private static int Signal(IEnumerable<string> arguments) =>
        arguments.FirstOrDefault(argument => argument.StartsWith('-'))?.TrimStart('-') switch
        {
            "9" or "KILL" or "SIGKILL" => 9,
            "2" or "INT" or "SIGINT" => 2,
            "1" or "HUP" or "SIGHUP" => 1,
            _ => 15,
        };

    private static TimeSpan? Duration(string text)
    {
        if (text is "inf" or "infinity")
        {
            return TimeSpan.FromSeconds(SecondsMax);
        }

        var unit = text is [.., 's' or 'm' or 'h' or 'd'] ? text[^1] : '\0';
        var digits = unit == '\0' ? text : text[..^1];
        var valid =
            double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        var seconds = value * unit switch { 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 1 };
        return valid && seconds < SecondsMax ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static BackgroundJob? Find(BuiltinCall call, string argument)
    {
        var jobs = call.Context.Run.Session.Jobs;
        if (argument is "%%" or "%+" or "%")
        {
            return jobs.LastOrDefault();
        }

        var index = argument.StartsWith('%');
        if (!int.TryParse(
            index ? argument[1..] : argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return index ? jobs.ElementAtOrDefault(number - 1) : jobs.FirstOrDefault(job => job.Number == number);
    }
}
