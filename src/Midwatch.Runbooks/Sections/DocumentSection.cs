using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Sections;

/// <summary>
/// A headed part of the document: a heading, or a bold label that stands alone, with what is below it.
/// </summary>
internal sealed class DocumentSection(string title, string heading, int level, int line)
{
    /// <summary>The level of an alert's name that stands alone without being a heading.</summary>
    public const int NameLevel = 6;

    /// <summary>The level of a bold label: below every heading.</summary>
    public const int LabelLevel = 7;

    /// <summary>The heading without number and emphasis.</summary>
    public string Title { get; } = title;

    /// <summary>The heading as written, without emphasis.</summary>
    public string Heading { get; } = heading;

    /// <summary>0 for the document, 1 to 6 for headings, 7 for labels.</summary>
    public int Level { get; } = level;

    /// <summary>The heading's line.</summary>
    public int Line { get; } = line;

    /// <summary>What its own heading says it is for; null when the words tell nothing.</summary>
    public Phase? Phase { get; init; }

    /// <summary>
    /// Its heading names a branch ("Scenario 2: …", "If …"), and it has no phases of its own below it.
    /// </summary>
    public bool IsBranch { get; set; }

    /// <summary>The condition that its heading states; null when it states none.</summary>
    public string? Condition { get; init; }

    public DocumentSection? Parent { get; private set; }

    public List<DocumentSection> Children { get; } = [];

    /// <summary>What stands directly below the heading, before the next one.</summary>
    public List<OutlineNode> Content { get; } = [];

    /// <summary>Prose that became fields or headings, and stands nowhere else.</summary>
    public List<OutlineNode> Taken { get; } = [];

    /// <summary>Fields ("**Severity**: Critical") directly below the heading.</summary>
    public List<LabelledField> Fields { get; } = [];

    /// <summary>The section and all below it, in document order.</summary>
    public IEnumerable<DocumentSection> All => Children.SelectMany(child => child.All).Prepend(this);

    /// <summary>Whether it is another or stands below it.</summary>
    public bool IsWithin(DocumentSection other)
    {
        for (var each = this; each is not null; each = each.Parent)
        {
            if (each == other)
            {
                return true;
            }
        }

        return false;
    }

    public void Add(DocumentSection child)
    {
        child.Parent = this;
        Children.Add(child);
    }
}

/// <summary>"**Severity**: Critical": a bold word with its value.</summary>
/// <param name="Name">Lower case, without punctuation.</param>
internal sealed record LabelledField(string Name, string Value, int Line);
