namespace Midwatch.Cli;

/// <summary>What the command's exit status means (DESIGN.md section 5).</summary>
internal static class ExitCodes
{
    /// <summary>All is well.</summary>
    internal const int Well = 0;

    /// <summary>The answer is no: not healed, lint errors, a failed rehearsal.</summary>
    internal const int No = 1;

    /// <summary>The command line or its input is wrong.</summary>
    internal const int Usage = 2;

    /// <summary>It could not be done: no cluster, a port in use, a program missing.</summary>
    internal const int CouldNot = 3;

    /// <summary>Ended by Ctrl-C: 128 + SIGINT, as shells count.</summary>
    internal const int Interrupted = 130;
}
