namespace Midwatch.Shell.Interpretation;

/// <summary>What came of starting a program. A closed union.</summary>
public abstract record ProgramStart
{
    private ProgramStart()
    {
    }

    /// <summary>It runs.</summary>
    public sealed record Started(IRunningProgram Program) : ProgramStart;

    /// <summary>No such file: the shell's status is 127.</summary>
    public sealed record NotFound : ProgramStart;

    /// <summary>The file is there but cannot be executed, or a limit was met: the shell's status is 126.</summary>
    /// <param name="Reason">Such as "Permission denied".</param>
    public sealed record NotStarted(string Reason) : ProgramStart;
}
