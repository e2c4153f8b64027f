namespace Midwatch.Shell.Syntax;

/// <summary>The body of a here-document.</summary>
/// <param name="Span">From the first character of the body to just before the line that holds the delimiter.</param>
/// <param name="Delimiter">With its quotes removed.</param>
/// <param name="Quoted">Whether the delimiter was quoted, so that nothing in the body is expanded.</param>
/// <param name="Body">With the tabs already dropped for <c>&lt;&lt;-</c>.</param>
public sealed record HereDocument(
    SourceSpan Span,
    string Delimiter,
    bool Quoted,
    Word Body) : ShellNode(Span);
