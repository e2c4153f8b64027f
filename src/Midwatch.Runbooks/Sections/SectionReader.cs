using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Sections;

/// <summary>
/// Builds the tree of headings. A bold label that stands alone and means a phase or a branch is a heading too.
/// </summary>
internal sealed partial class SectionReader(HeadingLexicon lexicon, SentenceLexicon sentences)
{
    private string _title = "";

    /// <summary>The document as one section of level 0.</summary>
    /// <param name="title">What to call the document.</param>
    public DocumentSection Read(ImmutableArray<OutlineNode> nodes, string title)
    {
        _title = title;
        var root = new DocumentSection(title, title, 0, 1);
        var current = root;
        for (var at = 0; at < nodes.Length; at++)
        {
            var node = nodes[at];
            switch (node)
            {
                case OutlineNode.Heading heading:
                    current = Open(current, heading.Text, heading.Level, heading.Line);
                    break;
                case OutlineNode.Paragraph { Item: null } paragraph
                    when AlertTitles.Of(paragraph, at + 1 < nodes.Length ? nodes[at + 1] : null) is { } alert:
                    current = Open(current, alert, DocumentSection.NameLevel, paragraph.Line);
                    current.Fields.AddRange(
                        [new LabelledField("alert", alert, paragraph.Line), .. Fields(AlertTitles.Below(paragraph))]);
                    (Coded().IsMatch(paragraph.Text) ? current.Content : current.Taken).Add(paragraph);
                    break;
                case OutlineNode.Paragraph { Item: null } paragraph
                    when Label(paragraph.Text) is { } label && IsSection(label, current):
                    current = Open(current, label, DocumentSection.LabelLevel, paragraph.Line);
                    current.Taken.Add(paragraph);
                    break;
                case OutlineNode.Paragraph { Item: null } paragraph
                    when Spoken().Match(paragraph.Text) is { Success: true } spoken && current.Level > 0
                        && lexicon.IsSpoken(spoken.Groups["label"].Value):
                    current = Open(current, spoken.Groups["label"].Value, DocumentSection.LabelLevel, paragraph.Line);
                    current.Taken.Add(paragraph);
                    break;
                case OutlineNode.Paragraph { Item: null } paragraph when Fields(paragraph) is { IsEmpty: false } fields:
                    current.Fields.AddRange(fields);
                    AddRest(current, paragraph);
                    break;
                case OutlineNode.Paragraph { OpensItem: true, Item.Ordered: false } item
                    when IsAtTheHead(current) && Fields(item) is [var field] && IsOfRule(field, current):
                    current.Fields.Add(field);
                    AddRest(current, item);
                    break;
                default:
                    current.Content.Add(node);
                    break;
            }
        }

        MarkBranches(root);
        return root;
    }

    private bool IsOfRule(LabelledField field, DocumentSection section) => sentences.FieldOf(field.Name) switch
    {
        FieldMeaning.Severity or FieldMeaning.Threshold or FieldMeaning.Duration or FieldMeaning.Recovery => true,
        FieldMeaning.Alert => section.Phase is null && AlertNames.In(field.Value).Any(AlertNames.TellsOfFailure),
        _ => false,
    };

    private static void MarkBranches(DocumentSection root)
    {
        foreach (var section in root.All.Where(IsCauseWithItsFix))
        {
            section.IsBranch = true;
        }

        foreach (var section in root.All.Where(section => section.IsBranch && section.Children.Any(IsCore)))
        {
            // A branch that is looked into and mended by itself is a topic, unless it stands in a section about
            // mending.
            section.IsBranch = Ancestor(section) == Phase.Resolve || IsCauseWithItsFix(section)
                || IsLookedIntoAlone(section);
        }
    }

    /// <summary>
    /// Right below the heading of a topic, or of its background, items may be the fields of its rule.
    /// </summary>
    private static bool IsAtTheHead(DocumentSection section) =>
        section is { Level: > 0, Phase: null or Phase.Context, IsBranch: false }
        && section.Content is [] or [OutlineNode.Paragraph { OpensItem: true }, ..]
        && section.Content is [] or [.., OutlineNode.Paragraph { OpensItem: true }];

    /// <summary>Below "Common causes" each heading with a fix of its own is a branch of the mending.</summary>
    private static bool IsCauseWithItsFix(DocumentSection section) =>
        section is { Phase: null, Level: < DocumentSection.LabelLevel, Parent: { } parent }
        && Causes().IsMatch(parent.Title) && parent.Parent is { Level: <= 1 }
        && section.Children.Any(child => child.Phase == Phase.Resolve);

    /// <summary>
    /// "Scenario 1: …" in the chapter about looking, of a document that has a chapter about mending as well.
    /// </summary>
    private static bool IsLookedIntoAlone(DocumentSection section)
    {
        var chapter = section.Parent;
        while (chapter is not null && chapter.Phase is null)
        {
            chapter = chapter.Parent;
        }

        return chapter is { Phase: Phase.Diagnose, Parent: { } whole }
            && whole.Children.Exists(child => child.Phase == Phase.Resolve);
    }

    /// <summary>"When to escalate" is no branch of a mending.</summary>
    private static bool IsAside(Phase? phase) =>
        phase is Phase.Escalate or Phase.Postincident or Phase.Communicate or Phase.Prevent
            or Phase.Context or Phase.Reference;

    private static bool IsCore(DocumentSection section) => section.Phase is Phase.Diagnose or Phase.Resolve;

    private DocumentSection Open(DocumentSection current, string heading, int level, int line)
    {
        var parent = current;
        while (parent.Level >= level)
        {
            parent = parent.Parent!;
        }

        var plain = HeadingText.Plain(heading);
        var title = HeadingText.Title(heading);
        var bare = HeadingText.OfTitle(title);
        var phase = lexicon.PhaseOf(bare);
        var under = Ancestor(parent);
        var branch = (lexicon.IsBranch(plain) && !(StartsCondition().IsMatch(plain) && IsAside(phase)))
            || (phase is null && parent.Level > 0 && under is Phase.Resolve or null
                && lexicon.HoldsBranches(parent.Title));
        var named = TemplateText().IsMatch(plain) ? _title : title;
        var section = new DocumentSection(named, plain.TrimEnd(':'), level, line)
        {
            Phase = branch ? null : Settle(phase, bare, parent, under),
            IsBranch = branch,
            Condition = Condition().Match(title) is { Success: true } match
                ? match.Value.TrimEnd(':')
                : null,
        };
        parent.Add(section);
        return section;
    }

    /// <summary>
    /// A heading may tell more than the one above it, but what prevents, escalates, follows up or is looked up stays
    /// that; the first steps of a response begin with looking; and below a heading about looking or mending, words that
    /// only begin like those of background ("What happened to them", "Logs of the broker") name what is looked at.
    /// </summary>
    private Phase? Settle(Phase? own, string bare, DocumentSection parent, Phase? under) => under switch
    {
        // "Alert" above "Check the disks" is where the answer to it begins.
        Phase.Reference when Alert().IsMatch(parent.Title) => lexicon.VerbOf(bare) ?? own,
        Phase.Prevent or Phase.Escalate or Phase.Postincident or Phase.Reference => null,
        Phase.Resolve when own is null or Phase.Verify && lexicon.BeginsResponse(parent.Title) =>
            lexicon.VerbOf(bare) ?? own,
        Phase.Diagnose or Phase.Resolve or Phase.Verify
            when own is Phase.Context or Phase.Reference && !lexicon.IsAside(bare) => null,
        _ => own,
    };

    private static Phase? Ancestor(DocumentSection section)
    {
        for (var each = section; each is not null; each = each.Parent)
        {
            if (each.Phase is not null)
            {
                return each.Phase;
            }

            if (each.Level > 0 && AlertNames.OfHeading(each.Heading) is not null)
            {
                // What stands above a procedure of its own says nothing of its parts.
                return null;
            }
        }

        return null;
    }

    private bool IsSection(string label, DocumentSection current) =>
        lexicon.PhaseOf(HeadingText.Bare(label)) is not null
        || lexicon.IsBranch(label)
        || (Ancestor(current) is Phase.Resolve or Phase.Escalate && current.Level > 0);

    /// <summary>The words of a paragraph that is nothing but a bold label; null for any other.</summary>
    private static string? Label(string text)
    {
        var match = LabelAlone().Match(text);
        return match.Success ? match.Groups["label"].Value.Trim().TrimEnd(':').Trim() : null;
    }

    /// <summary>The fields of a paragraph that begins with one; a value may go on in the lines below.</summary>
    private static ImmutableArray<LabelledField> Fields(OutlineNode.Paragraph paragraph)
    {
        var fields = ImmutableArray.CreateBuilder<LabelledField>();
        var lines = paragraph.Text.Split('\n');
        if (LeadsOn().IsMatch(lines[0]))
        {
            return [];
        }

        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (Field().Match(line) is { Success: true } match)
            {
                fields.Add(new LabelledField(
                    HeadingText.Bare(match.Groups["name"].Value), Value(match.Groups["value"].Value),
                    paragraph.Line + i));
            }
            else if (fields.Count > 0 && !(i == lines.Length - 1 && LabelAlone().IsMatch(line)))
            {
                fields[^1] = fields[^1] with { Value = $"{fields[^1].Value} {Value(line)}" };
            }
        }

        return fields.ToImmutable();
    }

    private static string Value(string text) => text.Trim().TrimEnd('\\').Trim();

    /// <summary>Lines above the first field stay prose, and so does a field that holds a command.</summary>
    private static void AddRest(DocumentSection section, OutlineNode.Paragraph paragraph)
    {
        var isField = Field().IsMatch(paragraph.Text.Split('\n')[0].Trim());
        (isField && !Coded().IsMatch(paragraph.Text) ? section.Taken : section.Content).Add(paragraph);
    }

    [GeneratedRegex(@"^alerts?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^(\d+[.)]\s*)?(\*\*|__)(?<label>[^*\n]{2,120})(\*\*|__)\s*:?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex LabelAlone();

    [GeneratedRegex(
        @"^(\*\*|__)(?<name>[\w /-]{2,40})\s*[:：]?\s*(\*\*|__)(\s*:?\s+|\s*：\s*)(?<value>\S.*)$|^(?<name>Alert( Name)?s?|Severity|Priority|Threshold|Duration|Impact)\s*:\s+(?<value>\S.*)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Field();

    // "**Step 2:** Enlarge the volume:" is what is to be done, and no value.
    [GeneratedRegex(@"^(\*\*|__)\s*(step|phase)\s*#?[0-9]+\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LeadsOn();

    // A heading that is only an expression of a template language.
    [GeneratedRegex(@"^(<%.*%>|\{\{.*\}\})$", RegexOptions.CultureInvariant)]
    private static partial Regex TemplateText();

    // A command of several words in code marks.
    [GeneratedRegex(@"`[\w./-]+ [^`]+`", RegexOptions.CultureInvariant)]
    private static partial Regex Coded();

    // "How to **fix** it:" is a heading in all but form.
    [GeneratedRegex(@"^(?<label>[^\n:.]{6,50}):$", RegexOptions.CultureInvariant)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"\b(causes?|reasons?)$|원인(별 ?대응)?$|原因$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Causes();

    [GeneratedRegex(@"^(if|when|in case|should)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex StartsCondition();

    [GeneratedRegex(@"^(if|when|in case|should)\b.*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Condition();
}
