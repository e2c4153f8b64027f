namespace Midwatch.Shell.Syntax;

/// <summary>One redirection of a statement.</summary>
/// <param name="Descriptor">The number before the operator; null for the operator's own (0 or 1).</param>
/// <param name="DescriptorVariable">The name in <c>{fd}&gt;file</c>; null otherwise.</param>
/// <param name="Target">File, descriptor, here-string, or the delimiter of a here-document as written.</param>
public sealed record Redirection(
    SourceSpan Span,
    int? Descriptor,
    string? DescriptorVariable,
    RedirectionOperator Operator,
    Word Target) : ShellNode(Span)
{
    /// <summary>Gets the body, for the two here-document operators only.</summary>
    public HereDocument? HereDocument => Slot?.Document;

    /// <summary>
    /// Gets the place that the parser fills once, when it has come to the line where the body begins.
    /// </summary>
    internal HereDocumentSlot? Slot { get; init; }
}
