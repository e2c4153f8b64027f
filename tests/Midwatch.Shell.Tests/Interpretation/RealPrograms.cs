using System.Collections.Concurrent;
using System.Collections.Immutable;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Shell.Tests.Interpretation;

/// <summary>Starts real programs of this machine, and ends what is left of them with itself.</summary>
internal sealed class RealPrograms(ProgramStarter starter) : IProgramHost, IAsyncDisposable
{
    private readonly ConcurrentQueue<RunningProgram> _started = new();

    public string? Resolve(string name, string searchPath, string workingDirectory)
    {
        var candidates = name.Contains('/', StringComparison.Ordinal)
            ? [Path.Combine(workingDirectory, name)]
            : searchPath.Split(':').Select(directory => Path.Combine(workingDirectory, directory, name));
        return candidates.FirstOrDefault(File.Exists);
    }

    public ProgramStart Start(ProgramRequest request)
    {
        var spec = new ProgramSpec
        {
            Argv = request.Arguments,
            Environment = request.Environment.ToImmutableDictionary(),
            WorkingDirectory = request.WorkingDirectory,
            StandardInput = request.Input,
            StandardOutput = request.Output,
            StandardError = request.Error,
            OtherDescriptors = request.Others,
        };
        return starter.Start(spec) switch
        {
            StartResult.Started started => Follow(started.Program),
            StartResult.NotFound => new ProgramStart.NotFound(),
            StartResult.NotExecutable refused => new ProgramStart.NotStarted(refused.Message),
            StartResult.Failed failed => new ProgramStart.NotStarted(failed.Message),
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    public ProgramPipe CreatePipe()
    {
        var (reader, writer) = OsPipe.Create();
        return new ProgramPipe(reader, writer);
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_started.Select(program => program.DisposeAsync().AsTask()));

    private ProgramStart.Started Follow(RunningProgram program)
    {
        _started.Enqueue(program);
        return new ProgramStart.Started(new Running(program));
    }

    private sealed class Running(RunningProgram program) : IRunningProgram
    {
        public int ProcessId => program.ProcessId;

        public Task<int> Completion { get; } = StatusAsync(program);

        public void Kill() => _ = program.DisposeAsync().AsTask();

        private static async Task<int> StatusAsync(RunningProgram program) => (await program.Exited).ShellCode;
    }
}
