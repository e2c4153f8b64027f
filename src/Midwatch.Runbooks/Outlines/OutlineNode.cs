using System.Collections.Immutable;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Outlines;

/// <summary>A leaf of the document, in document order. Lines are 1-based. A closed union.</summary>
/// <param name="Item">The list item that it stands in; null outside of lists.</param>
internal abstract record OutlineNode(int Line, int EndLine, ListPlace? Item)
{
    /// <summary>A heading.</summary>
    public sealed record Heading(int Level, string Text, int Line, int EndLine) : OutlineNode(Line, EndLine, null);

    /// <summary>Prose. <paramref name="Text"/> is as written, without list markers and quote marks.</summary>
    /// <param name="Column">Where the text begins in its first line, 1-based.</param>
    /// <param name="OpensItem">It is the first thing in its list item: the item's own text.</param>
    public sealed record Paragraph(string Text, int Line, int EndLine, int Column, ListPlace? Item, bool OpensItem)
        : OutlineNode(Line, EndLine, Item);

    /// <summary>A code block.</summary>
    /// <param name="Language">The first word behind the fence, in lower case; null for none.</param>
    /// <param name="Lines">The content, with list and quote indentation removed.</param>
    /// <param name="Origins">Where each content line begins.</param>
    /// <param name="Closed">False for a fence that is never closed.</param>
    public sealed record Code(
        string? Language,
        ImmutableArray<string> Lines,
        ImmutableArray<LineOrigin> Origins,
        bool Closed,
        int Line,
        int EndLine,
        ListPlace? Item) : OutlineNode(Line, EndLine, Item);

    /// <summary>A table: rows of cells as written; the first row is the header.</summary>
    public sealed record Table(ImmutableArray<TableLine> Rows, int Line, int EndLine, ListPlace? Item)
        : OutlineNode(Line, EndLine, Item);

    /// <summary>Anything else.</summary>
    public sealed record Other(NodeKind Kind, string Text, int Line, int EndLine, ListPlace? Item)
        : OutlineNode(Line, EndLine, Item);
}

/// <summary>A row of a table.</summary>
internal sealed record TableLine(ImmutableArray<string> Cells, int Line);

/// <summary>A list item.</summary>
/// <param name="Ordered">It is numbered.</param>
/// <param name="Depth">1 for the outermost list.</param>
/// <param name="Line">The item's first line: it names the item.</param>
internal sealed record ListPlace(bool Ordered, int Depth, int Line, ListPlace? Parent);
