using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>How a script ended. A closed union.</summary>
public abstract record ShellOutcome
{
    private ShellOutcome()
    {
    }

    /// <summary>It ran to its end.</summary>
    /// <param name="Status">Exit status of the last command, 0 to 255.</param>
    public sealed record Exited(int Status) : ShellOutcome;

    /// <summary>Nothing was started: the reasons were known before.</summary>
    public sealed record Refused(ImmutableArray<ShellDiagnostic> Reasons) : ShellOutcome;

    /// <summary>Something was met on the way that must not or cannot run. What ran before it has run.</summary>
    public sealed record Stopped(ShellDiagnostic Reason) : ShellOutcome;

    /// <summary>The caller cancelled; every program of the script is dead.</summary>
    public sealed record Cancelled : ShellOutcome;
}
