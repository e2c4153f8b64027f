using System.Collections.Immutable;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Shell.Tests.Library;

/// <summary>Starts programs for the interpreter.</summary>
internal sealed class HostedPrograms(ProgramStarter starter) : IProgramHost
{
    public string? Resolve(string name, string searchPath, string workingDirectory) =>
        name.Contains('/', StringComparison.Ordinal)
            ? new[] { Path.Combine(workingDirectory, name) }.FirstOrDefault(File.Exists)
            : searchPath.Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public ProgramStart Start(ProgramRequest request) => starter.Start(new ProgramSpec
    {
        Argv = [request.Path, .. request.Arguments[1..]],
        Environment = request.Environment.ToImmutableDictionary(),
        WorkingDirectory = request.WorkingDirectory,
        StandardInput = request.Input,
        StandardOutput = request.Output,
        StandardError = request.Error,
        OtherDescriptors = request.Others,
        ProcessesMax = 100,
    }) switch
    {
        StartResult.Started started => new ProgramStart.Started(new HostedProgram(started.Program)),
        StartResult.NotFound => new ProgramStart.NotFound(),
        var other => new ProgramStart.NotStarted($"{other}"),
    };

    public ProgramPipe CreatePipe()
    {
        var (reader, writer) = OsPipe.Create();
        return new ProgramPipe(reader, writer);
    }

    private sealed class HostedProgram : IRunningProgram
    {
        private readonly RunningProgram _program;

        public HostedProgram(RunningProgram program)
        {
            _program = program;
            Completion = EndAsync();
        }

        public int ProcessId => _program.ProcessId;

        public Task<int> Completion { get; }

        public void Kill() => _program.Signal(Signal.Kill, wholeGroup: true);

        // Disposing ends what the program has left behind, also what has left its group.
        private async Task<int> EndAsync()
        {
            var status = await _program.Exited;
            await _program.DisposeAsync();
            return status.ShellCode;
        }
    }
}
