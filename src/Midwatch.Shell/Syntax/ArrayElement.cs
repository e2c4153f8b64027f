namespace Midwatch.Shell.Syntax;

/// <summary>One element of an array literal.</summary>
/// <param name="Subscript">The text between the brackets of <c>[k]=v</c>; null for an element in order.</param>
/// <param name="Value">Null for <c>[k]=</c>.</param>
public sealed record ArrayElement(SourceSpan Span, Word? Subscript, Word? Value) : ShellNode(Span);
