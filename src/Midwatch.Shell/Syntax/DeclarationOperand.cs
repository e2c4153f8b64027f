namespace Midwatch.Shell.Syntax;

/// <summary>One operand of <c>export</c> and its like: exactly one of the two is set.</summary>
/// <param name="Word">An option, a name, or something only known when expanded.</param>
/// <param name="Assignment">Its value is expanded like any assignment's: not split, not globbed.</param>
public sealed record DeclarationOperand(SourceSpan Span, Word? Word, Assignment? Assignment) : ShellNode(Span);
