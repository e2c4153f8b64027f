namespace Midwatch.Shell.Syntax;

/// <summary>A here-document between its operator and its body, which comes only after the line has ended.</summary>
internal sealed class HereDocumentSlot(string delimiter, bool quoted, bool dedented, SourceSpan operatorSpan)
{
    public string Delimiter { get; } = delimiter;

    public bool Quoted { get; } = quoted;

    public bool Dedented { get; } = dedented;

    public SourceSpan OperatorSpan { get; } = operatorSpan;

    /// <summary>Gets the body; null until the parser has read it.</summary>
    public HereDocument? Document { get; private set; }

    public void Fill(HereDocument document) => Document ??= document;
}
