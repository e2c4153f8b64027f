using System.Diagnostics;

namespace Midwatch.Shell.Expansion;

/// <summary>What a script sees of the world it runs in.</summary>
internal sealed record ShellSurroundings
{
    /// <summary>Gets <c>$0</c>.</summary>
    public string ScriptName { get; init; } = "midwatch";

    /// <summary>Gets the text that spans point into; null when nobody gave it, and lines cannot be counted.</summary>
    public string? Text { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets what <c>$SECONDS</c> is counted from, in timestamps of the clock.</summary>
    public long StartedAt { get; init; } = Stopwatch.GetTimestamp();
}
