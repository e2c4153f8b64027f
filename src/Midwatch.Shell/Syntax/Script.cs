using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>A whole text: statements in order, and the comments, which stand anywhere between them.</summary>
public sealed record Script(
    SourceSpan Span,
    ImmutableArray<Statement> Statements,
    ImmutableArray<Comment> Comments) : ShellNode(Span);
