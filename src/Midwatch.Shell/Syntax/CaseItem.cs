using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>One <c>pattern | pattern) … ;;</c> of a <c>case</c>.</summary>
public sealed record CaseItem(
    SourceSpan Span,
    ImmutableArray<Word> Patterns,
    ImmutableArray<Statement> Body,
    CaseTerminator Terminator) : ShellNode(Span);
