namespace Midwatch.Processes;

/// <summary>How a program ended.</summary>
/// <param name="Code">What it passed to <c>exit</c>, 0..255; 128 + n when signal n ended it, so that 0 always means
/// success.</param>
/// <param name="Signal">The signal that ended it; null when it exited by itself.</param>
public readonly record struct ExitStatus(int Code, Signal? Signal)
{
    /// <summary>What a shell shows in <c>$?</c>: the code, or 128 + n for signal n.</summary>
    public int ShellCode => Signal is { } signal ? 128 + (int)signal : Code;

    /// <summary>Reads the status word of wait(2).</summary>
    internal static ExitStatus FromWait(int status)
    {
        var signal = status & 0x7f;
        return signal == 0 ? new((status >> 8) & 0xff, null) : new(128 + signal, (Signal)signal);
    }
}
