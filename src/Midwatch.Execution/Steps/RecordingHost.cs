using System.Collections.Immutable;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Execution.Steps;

/// <summary>Starts programs without what asks for a terminal, and remembers what was started.</summary>
internal sealed class RecordingHost(IProgramHost host, StepHabits habits) : IProgramHost
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
        if (start is ProgramStart.Started started)
        {
            lock (_gate)
            {
                _started.Add(new StartedProgram(arguments, started.Program));
            }
        }

        return start;
    }

    /// <summary>Ends what programs that are over have left running, and forgets them.</summary>
    public void EndLeftovers()
    {
        foreach (var program in Take(each => each.Program.Completion.IsCompleted))
        {
            program.Program.Kill();
        }
    }

    /// <summary>Ends everything that was started, and waits until it is gone.</summary>
    public async Task EndAllAsync()
    {
        var all = Take(_ => true);
        foreach (var program in all)
        {
            program.Program.Kill();
        }

        await Task.WhenAll(all.Select(program => program.Program.Completion));
    }

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
