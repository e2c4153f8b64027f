using System.Collections.Immutable;

namespace Midwatch.Cli.Scripts;

/// <summary>What <c>midwatch shell run</c> was asked for.</summary>
internal sealed record ShellRunRequest
{
    /// <summary>A path, or <c>-</c> for standard input.</summary>
    internal required string File { get; init; }

    internal ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>The worst effect that is allowed: <c>read</c>, <c>change</c> or <c>destroy</c>.</summary>
    internal string Policy { get; init; } = "read";

    /// <summary>Each <c>NAME=VALUE</c>.</summary>
    internal ImmutableArray<string> Values { get; init; } = [];

    /// <summary>Below which redirections may write; null for nowhere.</summary>
    internal string? Writable { get; init; }

    internal TimeSpan? TimeLimit { get; init; }

    internal bool Runbook { get; init; }

    /// <summary>A folder of effect data of the user's own; null for the built-in data alone.</summary>
    internal string? Effects { get; init; }

    internal bool Json { get; init; }
}
