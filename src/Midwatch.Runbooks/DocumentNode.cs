namespace Midwatch.Runbooks;

/// <summary>What a stretch of the document is.</summary>
public enum NodeKind
{
    /// <summary>A heading.</summary>
    Heading,

    /// <summary>Prose.</summary>
    Paragraph,

    /// <summary>An item of a list, without what is nested in it.</summary>
    Item,

    /// <summary>A code block with its fences.</summary>
    Code,

    /// <summary>A table.</summary>
    Table,

    /// <summary>HTML, comments included.</summary>
    Html,

    /// <summary>Front matter.</summary>
    FrontMatter,

    /// <summary>A thematic break.</summary>
    Break,

    /// <summary>Definitions of links, which are shown where they are used.</summary>
    LinkDefinition,

    /// <summary>A line of a template language.</summary>
    Template,

    /// <summary>Text that the compiler gave no meaning; it is still shown to people.</summary>
    Unrecognised,
}

/// <summary>A stretch of whole lines; every line that is not blank lies in exactly one.</summary>
/// <param name="Line">The first line, 1-based.</param>
/// <param name="EndLine">The last line.</param>
public sealed record DocumentNode(NodeKind Kind, int Line, int EndLine);
