namespace Midwatch.Shell.Syntax;

/// <summary>One redirection of a statement.</summary>
/// <param name="Descriptor">The number before the operator; null for the operator's own (0 or 1).</param>
/// <param name="DescriptorVariable">The name in <c>{fd}&gt;file</c>; null otherwise.</param>
/// <param name="Target">File, descriptor, here-string, or the delimiter of a here-document as written.</param>
/// <param name="HereDocument">The body, for the two here-document operators only.</param>
public sealed record Redirection(
    SourceSpan Span,
    int? Descriptor,
    string? DescriptorVariable,
    RedirectionOperator Operator,
    Word Target,
    HereDocument? HereDocument) : ShellNode(Span);
