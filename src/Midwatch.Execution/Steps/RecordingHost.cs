using System.Collections.Immutable;
using Midwatch.Execution.Programs;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Execution.Steps;

/// <summary>Starts programs without what asks for a terminal, and remembers what was started.</summary>
internal sealed class RecordingHost(ProgramHost host, StepHabits habits) : IProgramHost
{
    private readonly Lock _gate = new();
    private readonly List<StartedProgram> _started = [];

    /// <summary>Everything that was started and not forgotten yet, in order.</summary>
    public ImmutableArray<StartedProgram> Started
    {
        get
        {
            lock (_gate)
            {
                return [.. _started];
            }
        }
    }

    public string? Resolve(string name, string searchPath, string workingDirectory) =>
        host.Resolve(name, searchPath, workingDirectory);

    public ProgramPipe CreatePipe() => host.CreatePipe();

    public ProgramStart Start(ProgramRequest request)
    {
        var arguments = habits.WithoutTerminal(request.Arguments);
        var start = host.Start(request with { Arguments = arguments });
        if (start is ProgramStart.Started { Program: HostedProgram program })
        {
            lock (_gate)
            {
                _started.Add(new StartedProgram(arguments, program));
            }
        }

        return start;
    }

    /// <summary>Ends what programs that are over have left running, waits until it is gone, and forgets them.</summary>
    public Task EndLeftoversAsync() =>
        Task.WhenAll(Take(each => each.Program.Completion.IsCompleted).Select(each => each.Program.EndAsync()));

    /// <summary>Ends everything that was started, and waits until it is gone.</summary>
    public Task EndAllAsync() => Task.WhenAll(Take(_ => true).Select(each => each.Program.EndAsync()));

    private ImmutableArray<StartedProgram> Take(Predicate<StartedProgram> which)
    {
        lock (_gate)
        {
            ImmutableArray<StartedProgram> taken = [.. _started.Where(each => which(each))];
            _started.RemoveAll(which);
            return taken;
        }
    }
}
