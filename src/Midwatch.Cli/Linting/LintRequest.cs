using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Cli.Linting;

/// <summary>What the command line asks of the linter.</summary>
internal sealed record LintRequest
{
    /// <summary>Files, folders, globs, or <c>-</c> for the standard input.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    /// <summary><c>text</c>, <c>json</c>, <c>sarif</c> or <c>github</c>.</summary>
    public required string Format { get; init; }

    /// <summary>From which severity on the exit status is 1; null when the configuration or the default
    /// decides.</summary>
    public string? FailOn { get; init; }

    /// <summary>Rule files, or folders with them.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Manifests, or folders with them.</summary>
    public ImmutableArray<string> Manifests { get; init; } = [];

    /// <summary>Whether a cluster is asked for what it has.</summary>
    public bool Cluster { get; init; }

    /// <summary>The kubeconfig of that cluster; null for the one that kubectl uses.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Where Midwatch keeps its state: what runs locally is found there.</summary>
    public string? Data { get; init; }

    /// <summary>A running Prometheus that is asked about queries; null for promtool.</summary>
    public Uri? Prometheus { get; init; }

    /// <summary>A folder of effect data beside the built-in ones; null for none.</summary>
    public string? Effects { get; init; }

    /// <summary>The configuration; null for the nearest <c>.midwatch.yaml</c> upward.</summary>
    public string? Config { get; init; }

    /// <summary>Codes or names to report although they are off.</summary>
    public ImmutableArray<string> Enable { get; init; } = [];

    /// <summary>Codes or names not to report.</summary>
    public ImmutableArray<string> Disable { get; init; } = [];

    /// <summary>Report every code.</summary>
    public bool All { get; init; }

    /// <summary>What the standard input is called in the report.</summary>
    public string StdinName { get; init; } = "stdin.md";

    /// <summary>The severity that an option or a configuration names; null for <c>never</c>.</summary>
    internal static Severity? Level(string word) => word switch
    {
        "error" => Severity.Error,
        "warning" => Severity.Warning,
        "note" => Severity.Note,
        _ => null,
    };
}
