using System.Collections.Immutable;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Shell.Tests.Interpretation;

/// <summary>Starts real programs of this machine.</summary>
internal sealed class RealPrograms(ProgramStarter starter) : IProgramHost
{
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
        };
        return starter.Start(spec) switch
        {
            StartResult.Started started => new ProgramStart.Started(new Running(started.Program)),
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

    private sealed class Running(RunningProgram program) : IRunningProgram
    {
        public int ProcessId => program.ProcessId;

        public Task<int> Completion { get; } = StatusAsync(program);

        public void Kill() => _ = program.DisposeAsync().AsTask();

        private static async Task<int> StatusAsync(RunningProgram program) => (await program.Exited).ShellCode;
    }
}
