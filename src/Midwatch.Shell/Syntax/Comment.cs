namespace Midwatch.Shell.Syntax;

/// <summary>A comment up to, not including, the end of its line.</summary>
/// <param name="Text">What follows the <c>#</c>, untrimmed.</param>
public sealed record Comment(SourceSpan Span, string Text) : ShellNode(Span);
