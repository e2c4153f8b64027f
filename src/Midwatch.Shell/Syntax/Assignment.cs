namespace Midwatch.Shell.Syntax;

/// <summary><c>NAME=value</c>, <c>NAME+=value</c>, <c>NAME[i]=value</c> or <c>NAME=(…)</c>.</summary>
/// <param name="Subscript">The text between the brackets; null for none.</param>
/// <param name="Append">Written with <c>+=</c>.</param>
/// <param name="Value">Null for an empty value (<c>NAME=</c>) or an array.</param>
/// <param name="Array">The elements in parentheses; null when it is not an array.</param>
public sealed record Assignment(
    SourceSpan Span,
    string Name,
    Word? Subscript,
    bool Append,
    Word? Value,
    ArrayLiteral? Array) : ShellNode(Span);
