using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks;

/// <summary>One Markdown document, compiled. The source text is kept whole: nothing of it is ever dropped.</summary>
public sealed record Runbook
{
    /// <summary>Where the document came from, as the user named it; used in every message.</summary>
    public required string Path { get; init; }

    /// <summary>The first level-1 heading, or the file name where there is none.</summary>
    public required string Title { get; init; }

    /// <summary>The document as read, with its own line ends.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of the text's UTF-8 bytes, lower-case hex: evidence and seals name the runbook by it.</summary>
    public required string Hash { get; init; }

    /// <summary>The document cut into stretches of lines, in order: nothing is left out.</summary>
    public required ImmutableArray<DocumentNode> Nodes { get; init; }

    /// <summary>What the document handles, in document order; empty when it holds no procedure.</summary>
    public required ImmutableArray<Procedure> Procedures { get; init; }

    /// <summary>What is wrong or was not understood, in document order.</summary>
    public required ImmutableArray<RunbookDiagnostic> Diagnostics { get; init; }
}
