namespace Midwatch.Processes;

/// <summary>What became of a start. A program that cannot be started is an outcome, never an exception.</summary>
public abstract record StartResult
{
    private StartResult()
    {
    }

    /// <summary>It runs.</summary>
    /// <param name="Program">The running program; dispose it to end it with everything it started.</param>
    public sealed record Started(RunningProgram Program) : StartResult;

    /// <summary>No such program (a shell's 127).</summary>
    /// <param name="Program">The name as it was asked for.</param>
    public sealed record NotFound(string Program) : StartResult;

    /// <summary>It is there but cannot be executed (a shell's 126).</summary>
    /// <param name="Program">The name as it was asked for.</param>
    /// <param name="Path">The file that was found.</param>
    /// <param name="Message">Why, in the words of the C library: <c>Permission denied</c>, <c>Is a directory</c>,
    /// <c>Exec format error</c>.</param>
    public sealed record NotExecutable(string Program, string Path, string Message) : StartResult;

    /// <summary>
    /// The system refused for another reason: no such working directory, too many processes, arguments too long.
    /// </summary>
    /// <param name="Errno">The error number.</param>
    /// <param name="Message">A sentence for people.</param>
    public sealed record Failed(int Errno, string Message) : StartResult;
}
