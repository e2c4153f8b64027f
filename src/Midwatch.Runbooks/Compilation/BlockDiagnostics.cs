using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Tells of damage of the Markdown itself.</summary>
internal static class BlockDiagnostics
{
    /// <summary>Fences that are never closed.</summary>
    public static IEnumerable<RunbookDiagnostic> Of(ImmutableArray<OutlineNode> outline) => outline
        .OfType<OutlineNode.Code>()
        .Where(code => !code.Closed)
        .Select(code => new RunbookDiagnostic(
            "MW1001",
            Severity.Warning,
            outline.Any(node => node.Line > code.EndLine)
                ? "The fence that opens here is not closed where its list or quotation ends: what follows is no code."
                : "The fence that opens here is never closed: all that follows counts as code.",
            new DocumentSpan(code.Line, 1, code.Line, 4),
            "Close the block with a fence of its own."));
}
