using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>One <c>if</c> or <c>elif</c> with its <c>then</c>.</summary>
public sealed record ConditionalBranch(
    SourceSpan Span,
    ImmutableArray<Statement> Condition,
    ImmutableArray<Statement> Body) : ShellNode(Span);
