namespace Midwatch.Shell.Interpretation;

/// <summary>A program that was started.</summary>
public interface IRunningProgram
{
    /// <summary>Gets the process id, for <c>$!</c>.</summary>
    int ProcessId { get; }

    /// <summary>Gets a task that completes with the exit status as a shell counts it: 128 + n for a signal n.</summary>
    /// <remarks>Never faults and is never cancelled: a program that must end is killed first.</remarks>
    Task<int> Completion { get; }

    /// <summary>Ends the program and everything it started, at once. Does nothing when it has ended.</summary>
    void Kill();
}
