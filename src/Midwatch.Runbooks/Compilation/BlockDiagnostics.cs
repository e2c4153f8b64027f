using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Blocks;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Tells of damage of the Markdown itself.</summary>
internal static class BlockDiagnostics
{
    /// <summary>Fences that are never closed, and commands on the line of the fence.</summary>
    public static IEnumerable<RunbookDiagnostic> Of(ImmutableArray<OutlineNode> outline, BlockLanguages languages) =>
        Unclosed(outline).Concat(Hidden(outline, languages));

    private static IEnumerable<RunbookDiagnostic> Hidden(
        ImmutableArray<OutlineNode> outline, BlockLanguages languages) => outline
        .OfType<OutlineNode.Code>()
        .Where(code => code.Info is { } info
            && (languages.IsInlineCommand(info) || (info.Contains("$(", StringComparison.Ordinal) && info.Contains('='))))
        .Select(code => new RunbookDiagnostic(
            "MW1010",
            Severity.Error,
            "A command stands behind the opening fence, where it counts as the block's language and is not read.",
            new DocumentSpan(code.Line, 1, code.Line, 4),
            "Put the command on a line of its own below the fence."));

    private static IEnumerable<RunbookDiagnostic> Unclosed(ImmutableArray<OutlineNode> outline) => outline
        .OfType<OutlineNode.Code>()
        .Where(code => !code.Closed)
        .Select(code => new RunbookDiagnostic(
            "MW1001",
            Severity.Warning,
            "The fence that opens here is never closed: all that follows counts as code.",
            new DocumentSpan(code.Line, 1, code.Line, 4),
            "Close the block with a fence of its own."));
}
