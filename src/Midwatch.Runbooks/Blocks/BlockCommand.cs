using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Blocks;

/// <summary>A command of a block: one statement at the top level, as written.</summary>
/// <param name="Script">The parsed text; null when it is damaged.</param>
/// <param name="FirstLine">Its first line among the block's lines, from 0.</param>
/// <param name="LastLine">Its last line.</param>
internal sealed record BlockCommand(
    string Text,
    Script? Script,
    DocumentSpan Span,
    ImmutableArray<LineOrigin> Origins,
    int FirstLine,
    int LastLine)
{
    /// <summary>The prompt of another shell or of a database that it stands at; null for none.</summary>
    public PromptedLine? Prompted { get; init; }
}

/// <summary>A comment of a block.</summary>
/// <param name="Text">Without <c>#</c>, trimmed at its end only.</param>
/// <param name="Line">In the document, 1-based.</param>
/// <param name="Index">Among the block's lines, from 0.</param>
/// <param name="Trailing">It stands behind a command.</param>
internal sealed record BlockComment(string Text, int Line, int Index, bool Trailing);

/// <summary>What a block of shell text holds.</summary>
internal sealed record BlockContents(
    ImmutableArray<BlockCommand> Commands,
    ImmutableArray<BlockComment> Comments,
    ImmutableArray<OutputLine> Output,
    ImmutableArray<RunbookDiagnostic> Diagnostics);
