using System.Collections.Immutable;

namespace Midwatch.Cli.Compiling;

/// <summary>What <c>midwatch compile</c> is to show.</summary>
internal sealed record CompileRequest
{
    internal required ImmutableArray<string> Paths { get; init; }

    /// <summary>A folder of effect data; null for the built-in alone.</summary>
    internal string? Effects { get; init; }

    internal CompileFormat Format { get; init; }

    internal bool Summary { get; init; }

    /// <summary>A line to explain, 1-based; null for none.</summary>
    internal int? Explain { get; init; }
}

/// <summary>In which form something is shown.</summary>
internal enum CompileFormat
{
    /// <summary>For people, on a terminal.</summary>
    Tree,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>A page; of summaries only.</summary>
    Html,
}
