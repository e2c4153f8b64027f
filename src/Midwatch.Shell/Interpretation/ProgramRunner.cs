using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>Starts a program after the judge has seen it, and waits for its end.</summary>
internal sealed class ProgramRunner(ShellContext context)
{
    private const int NotFoundStatus = 127;
    private const int NotExecutableStatus = 126;

    public async ValueTask<Flow> RunAsync(ProgramCall call)
    {
        if (UnsupportedCommands.WhyNot(call.Arguments[0]) is { } unsupported)
        {
            return context.Run.Stop("SH3001", unsupported, "Do it by hand.", call.Span);
        }

        if (call.Arguments.Any(argument => argument.Contains('\0', StringComparison.Ordinal)))
        {
            return context.Run.Stop("SH3007", "An argument holds a NUL character.", "Bind another value.", call.Span);
        }

        if (await context.Run.Judge.JudgeAsync(call, context.Run.Cancellation) is Verdict.Refuse refusal)
        {
            return context.Run.Stop("SH2004", refusal.Reason, refusal.Remedy, call.Span);
        }

        var name = call.Arguments[0];
        var path = context.Run.Host.Resolve(name, context.State.Get("PATH") ?? string.Empty, call.WorkingDirectory);
        if (path is null)
        {
            var missing = !name.Contains('/', StringComparison.Ordinal) ? "command not found"
                : "No such file or directory";
            context.Complain($"{name}: {missing}");
            return Flow.Next(NotFoundStatus);
        }

        if (context.Run.CountProgram(call.Span) is { } tooMany)
        {
            return tooMany;
        }

        using var streams = new ProgramStreams(context.Descriptors);
        var start = context.Run.Host.Start(new ProgramRequest(
            path,
            call.Arguments,
            context.State.ExportedVariables(),
            call.WorkingDirectory,
            streams[0],
            streams[1],
            streams[2])
        {
            Others = context.Descriptors.Others,
        });
        return start switch
        {
            ProgramStart.Started started => await WaitAsync(started.Program),
            ProgramStart.NotStarted refused => Complain($"{name}: {refused.Reason}", NotExecutableStatus),
            _ => Complain($"{name}: command not found", NotFoundStatus),
        };
    }

    private async ValueTask<Flow> WaitAsync(IRunningProgram program)
    {
        context.Run.Began(program);
        context.Started?.TrySetResult(program);
        var status = await program.Completion;
        context.Run.HasEnded(program);
        context.Run.Cancellation.ThrowIfCancellationRequested();
        return context.Run.Stopped is null ? Flow.Next(status) : RunScope.Ended;
    }

    private Flow Complain(string message, int status)
    {
        context.Complain(message);
        return Flow.Next(status);
    }

    /// <summary>The three streams of a program; one that is closed is replaced by <c>/dev/null</c>.</summary>
    private sealed class ProgramStreams(DescriptorTable descriptors) : IDisposable
    {
        private readonly List<SafeFileHandle> _opened = [];

        public SafeFileHandle this[int number]
        {
            get
            {
                if (descriptors[number] is { } handle)
                {
                    return handle;
                }

                var nothing =
                    File.OpenHandle("/dev/null", FileMode.Open, number == 0 ? FileAccess.Read : FileAccess.Write);
                _opened.Add(nothing);
                return nothing;
            }
        }

        public void Dispose() => _opened.ForEach(handle => handle.Dispose());
    }
}
