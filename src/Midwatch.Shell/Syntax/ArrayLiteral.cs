using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary><c>( a b [k]=c )</c> behind an assignment.</summary>
public sealed record ArrayLiteral(SourceSpan Span, ImmutableArray<ArrayElement> Elements) : ShellNode(Span);
