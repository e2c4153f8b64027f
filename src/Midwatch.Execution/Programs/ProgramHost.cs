using System.Collections.Immutable;
using Midwatch.Processes;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Execution.Programs;

/// <summary>Lets the shell interpreter start real programs.</summary>
/// <param name="starter">Starts them, and ends those that are left when it is disposed.</param>
/// <param name="limits">What each program may take; null for the defaults.</param>
public sealed class ProgramHost(ProgramStarter starter, ExecutionLimits? limits = null) : IProgramHost
{
    private readonly ExecutionLimits _limits = limits ?? ExecutionLimits.Default;

    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <inheritdoc/>
    public string? Resolve(string name, string searchPath, string workingDirectory)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return Found(Path.GetFullPath(name, workingDirectory));
        }

        // POSIX 8.3: an empty entry of PATH is the current directory. Nobody means that in a runbook: it finds nothing.
        return name.Length == 0
            ? null
            : searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Found(Path.GetFullPath(Path.Combine(folder, name), workingDirectory)))
                .FirstOrDefault(path => path is not null);
    }

    /// <inheritdoc/>
    public ProgramStart Start(ProgramRequest request)
    {
        var result = starter.Start(new ProgramSpec
        {
            // The path, so that what was judged is what runs, whatever the program's own PATH says.
            Argv = [request.Path, .. request.Arguments.AsSpan()[1..]],
            Environment = request.Environment.ToImmutableDictionary(),
            WorkingDirectory = request.WorkingDirectory,
            StandardInput = request.Input,
            StandardOutput = request.Output,
            StandardError = request.Error,
            OtherDescriptors = request.Others,
            FileBytesMax = _limits.FileBytes,
            ProcessesMax = _limits.Processes,
        });
        return result switch
        {
            StartResult.Started started => new ProgramStart.Started(new HostedProgram(started.Program)),
            StartResult.NotFound => new ProgramStart.NotFound(),
            StartResult.NotExecutable refused => new ProgramStart.NotStarted(refused.Message),
            StartResult.Failed failed => new ProgramStart.NotStarted(failed.Message),
            _ => throw new System.Diagnostics.UnreachableException("StartResult is closed."),
        };
    }

    /// <inheritdoc/>
    public ProgramPipe CreatePipe()
    {
        var (reader, writer) = OsPipe.Create();
        return new ProgramPipe(reader, writer);
    }

    private static string? Found(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0 ? path : null;
}
