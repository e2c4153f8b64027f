using System.Collections.Immutable;
using Midwatch.Runbooks.Lint.Manifests;
using Midwatch.Runbooks.Lint.Rules;

namespace Midwatch.Runbooks.Lint;

/// <summary>All that the linter looks at; it opens no file itself.</summary>
public sealed record LintInput
{
    /// <summary>The compiled documents, in the order in which they are reported.</summary>
    public required ImmutableArray<Runbook> Runbooks { get; init; }

    /// <summary>The rule files; null when none were given, so that nothing is held against them.</summary>
    public RuleSet? Rules { get; init; }

    /// <summary>The manifests; null when none were given.</summary>
    public ManifestSet? Manifests { get; init; }

    /// <summary>What a cluster has; null when none was asked.</summary>
    public ManifestSet? Cluster { get; init; }

    /// <summary>Which codes are reported, and how.</summary>
    public LintSettings Settings { get; init; } = new();

    /// <summary>
    /// Answers whether a file is there, by its path; null when that cannot be told, so that links between files are
    /// not looked at.
    /// </summary>
    public Func<string, bool>? FileExists { get; init; }

    /// <summary>What Prometheus says of queries, by their text; null for a query that was not asked.</summary>
    public Func<string, string?>? QueryProblem { get; init; }
}
