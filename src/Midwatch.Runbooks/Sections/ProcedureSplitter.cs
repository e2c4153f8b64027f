using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Sections;

/// <summary>One procedure's share of the document.</summary>
/// <param name="Root">The section that it stands under.</param>
/// <param name="Parts">Its sections in document order; the root's own content is among them.</param>
internal sealed record ProcedureShare(DocumentSection Root, ProcedureKind Kind, ImmutableArray<DocumentSection> Parts);

/// <summary>
/// Tells which sections are procedures of their own: those that name their alert, and topics with phases of their own.
/// A document without any is one procedure.
/// </summary>
internal sealed partial class ProcedureSplitter(HeadingLexicon lexicon)
{
    /// <summary>The shares, in document order; every section lies in exactly one.</summary>
    public ImmutableArray<ProcedureShare> Split(DocumentSection root)
    {
        var top = Top(root);
        var owners = new HashSet<DocumentSection>();
        Collect(top, owners, false);
        owners.Remove(top);
        if (owners.Count == 0 || IsWhole(root, top, owners))
        {
            return [new ProcedureShare(top, WholeKind(root, top), [.. root.All])];
        }

        foreach (var section in Rest(root, owners))
        {
            owners.Add(section);
        }

        var shares = owners
            .OrderBy(owner => owner.Line)
            .Select(owner => new ProcedureShare(owner, KindOf(owner), [.. Own(owner, owners)]))
            .ToList();
        ImmutableArray<DocumentSection> left = [.. Own(root, owners)];
        if (left.Any(section => section.Content.Count > 0 && section.Level > 1))
        {
            shares.Insert(0, new ProcedureShare(top, ProcedureKind.General, left));
        }

        return [.. shares];
    }

    /// <summary>
    /// Whether the document answers the alerts that its head names, and nothing below it names others: then its topics
    /// are parts of the one procedure.
    /// </summary>
    private static bool IsWhole(DocumentSection root, DocumentSection top, HashSet<DocumentSection> owners) =>
        top.All.Prepend(root).Any(section => section.Level <= 2
            && (section == root || section == top || section.Phase is Phase.Context or Phase.Reference)
            && Alerts(section).Any())
        && !owners.Any(owner => Alerts(owner).Any());

    /// <summary>The alerts that a section's own fields or heading name.</summary>
    public static IEnumerable<AlertBinding> Alerts(DocumentSection section)
    {
        foreach (var field in section.Fields.Where(
            field => field.Name is "alert" or "alerts" or "alert name" or "alert names" or "alertname"))
        {
            foreach (var name in AlertNames.In(field.Value))
            {
                yield return new AlertBinding(name, field.Line);
            }
        }

        foreach (var item in section.Phase == Phase.Context
            ? section.Content.OfType<OutlineNode.Paragraph>().Where(each => LabelledAlerts().IsMatch(each.Text))
            : [])
        {
            foreach (var name in AlertNames.In(item.Text).Where(AlertNames.TellsOfFailure))
            {
                yield return new AlertBinding(name, item.Line);
            }
        }

        foreach (var alert in OfHeading(section).Concat(OfAnnouncement(section)).Concat(OfMeaning(section)))
        {
            yield return alert;
        }

        if (section.Phase == Phase.Context && AlertHeading().IsMatch(section.Title))
        {
            foreach (var alert in section.Content.OfType<OutlineNode.Code>().SelectMany(OfBlock))
            {
                yield return alert;
            }
        }

        if (NamesAlerts(section))
        {
            // "## Alert" with the names, each in code marks, on a line or item of its own, and what each says.
            foreach (var line in section.Content.OfType<OutlineNode.Paragraph>()
                .Select(line => (line.Line, Text: line.Text.Trim())))
            {
                var explained = Explained().Match(line.Text);
                foreach (var name in NameAlone().IsMatch(line.Text) ? AlertNames.In(line.Text)
                    : explained.Success ? [explained.Groups["name"].Value] : [])
                {
                    yield return new AlertBinding(name, line.Line)
                    {
                        For = explained.Success ? Durations.Holding(explained.Groups["told"].Value) : null,
                    };
                }
            }
        }
    }

    /// <summary>"This runbook applies to the alerts:" with the names behind it, or in the list below it.</summary>
    private static IEnumerable<AlertBinding> OfAnnouncement(DocumentSection section)
    {
        var said = section.Content.FindIndex(
            node => node is OutlineNode.Paragraph { Item: null } line && Announced().IsMatch(line.Text));
        if (said < 0)
        {
            return [];
        }

        var announcement = (OutlineNode.Paragraph)section.Content[said];
        var lines = announcement.Text.Contains('`', StringComparison.Ordinal)
            ? [announcement]
            : section.Content.Skip(said + 1).TakeWhile(node => node.Item is not null).OfType<OutlineNode.Paragraph>();
        return lines.SelectMany(
            line => AlertNames.In(line.Text).Select(name => new AlertBinding(name, line.Line)));
    }

    /// <summary>"… (triggering WebDown or WebSlow alerts)" where it is said what the document is about.</summary>
    private static IEnumerable<AlertBinding> OfMeaning(DocumentSection section) =>
        section.Phase == Phase.Context && section.Level == 2 && Means().IsMatch(section.Title)
            ? section.Content.OfType<OutlineNode.Paragraph>()
                .SelectMany(said => Triggering().Matches(said.Text).SelectMany(match => match.Groups["name"].Captures)
                    .Select(name => new AlertBinding(name.Value, said.Line)))
                .Where(alert => AlertNames.TellsOfFailure(alert.Name))
            : [];

    /// <summary>A block of nothing but names of alerts, each perhaps with its rule: "- WebDown: up == 0".</summary>
    private static IEnumerable<AlertBinding> OfBlock(OutlineNode.Code block)
    {
        var lines = block.Lines
            .Select((line, at) => (Match: Named().Match(line), Line: block.Line + 1 + at, Text: line))
            .Where(line => line.Text.Trim().Length > 0).ToList();
        return block.Language is null or "text" or "txt" && lines.TrueForAll(line => line.Match.Success)
            && lines.Exists(line => AlertNames.TellsOfFailure(line.Match.Groups["name"].Value))
            ? lines.Select(line => new AlertBinding(line.Match.Groups["name"].Value, line.Line))
            : [];
    }

    /// <summary>Whether a heading is "Alert" or "Alerts" below the document's own.</summary>
    public static bool NamesAlerts(DocumentSection section) =>
        AlertHeading().IsMatch(section.Title) && section.Level is > 1 and < DocumentSection.LabelLevel;

    /// <summary>
    /// Whether a section is built as the answer to an alert: it says what the alert means, or looks and mends.
    /// </summary>
    private static bool IsAnswer(DocumentSection section) => section.Heading.Contains(':', StringComparison.Ordinal)
        || section.Children.Any(child => Means().IsMatch(child.Title))
        || (section.Children.Any(child => child.Phase == Phase.Diagnose)
            && section.Children.Any(child => child.Phase == Phase.Resolve))
        || section.Content.OfType<OutlineNode.Paragraph>().Take(3).Any(each => Fires().IsMatch(each.Text));

    /// <summary>The alert that the section's heading is, by its full names first.</summary>
    private static IEnumerable<AlertBinding> OfHeading(DocumentSection section)
    {
        var isAnswer = IsAnswer(section);
        var heading = section.Level == 0 ? null
            : isAnswer ? AlertNames.OfAnswer(section.Heading) : AlertNames.OfHeading(section.Heading);
        if (heading is not null && !isAnswer && !AlertNames.TellsOfFailure(heading))
        {
            return [];
        }

        if (heading is null && (section.Level == 0 || !AlertNames.MayBeOfHeading(section.Heading)))
        {
            return [];
        }

        var name = heading ?? HeadingText.Plain(section.Heading);
        var full = section.All.SelectMany(each => each.Content).OfType<OutlineNode.Code>()
            .SelectMany(block => AlertNames.Quoted(name, block.Lines)
                .Select(each => new AlertBinding(each, block.Line)))
            .ToList();
        return heading is null && full.Count == 0 ? [] : [.. full, new AlertBinding(name, section.Line)];
    }

    /// <summary>The document, or its only heading of the first level.</summary>
    private static DocumentSection Top(DocumentSection root) =>
        root.Children is [{ Level: 1 } only] && root.Content.All(node => node is OutlineNode.Other) ? only : root;

    private static void Collect(DocumentSection section, HashSet<DocumentSection> owners, bool inside)
    {
        var bindsAlert = Alerts(section).Any() && section.Phase is null;
        var isTopic =
            !inside && section is { Phase: null, IsBranch: false, Level: > 0 and < DocumentSection.LabelLevel }
            && section.Children.Any(child => child.Phase is Phase.Diagnose or Phase.Resolve);
        if (bindsAlert || isTopic)
        {
            owners.Add(section);
            inside = true;
        }

        foreach (var child in section.Children)
        {
            // The document's own alert does not keep its topics from being procedures of theirs.
            Collect(child, owners, inside && section.Level > 1);
        }
    }

    /// <summary>Sections with commands that lie in no procedure yet: each topic under a heading is one.</summary>
    private static IEnumerable<DocumentSection> Rest(DocumentSection root, HashSet<DocumentSection> owners)
    {
        foreach (var section in root.Children)
        {
            if (owners.Contains(section))
            {
                continue;
            }

            var holdsOwners = section.All.Any(owners.Contains);
            if (section.Level <= 1 || holdsOwners)
            {
                foreach (var each in Rest(section, owners))
                {
                    yield return each;
                }
            }
            else if (section.Content.Any(HasCode)
                || section.Phase is Phase.Escalate or Phase.Postincident or Phase.Context)
            {
                if (section.Content.Any(HasCode))
                {
                    yield return section;
                }
            }
            else
            {
                foreach (var child in section.Children.Where(
                    child => child.All.Any(each => each.Content.Any(HasCommand))))
                {
                    yield return child;
                }
            }
        }
    }

    private static bool HasCode(OutlineNode node) => node is OutlineNode.Code;

    private static bool HasCommand(OutlineNode node) =>
        node is OutlineNode.Code
            || (node is OutlineNode.Paragraph paragraph && paragraph.Text.Contains('`', StringComparison.Ordinal));

    private static IEnumerable<DocumentSection> Own(
        DocumentSection section, HashSet<DocumentSection> owners) => section.Children
        .Where(child => !owners.Contains(child))
        .SelectMany(child => Own(child, owners))
        .Prepend(section);

    private ProcedureKind KindOf(DocumentSection section)
    {
        if (Alerts(section).Any())
        {
            return ProcedureKind.Alert;
        }

        for (var each = section.Parent; each is not null; each = each.Parent)
        {
            if (each.Phase is Phase.Operate or Phase.Reference)
            {
                return ProcedureKind.Operation;
            }
        }

        return FailureWords.AreIn(section.Title) || !lexicon.IsOperation(section.Title)
            ? ProcedureKind.Failure
            : ProcedureKind.Operation;
    }

    private ProcedureKind WholeKind(DocumentSection root, DocumentSection top)
    {
        if (root.All.Any(section => Alerts(section).Any()))
        {
            return ProcedureKind.Alert;
        }

        return root.All.Any(section => section.Phase is Phase.Diagnose or Phase.Resolve || section.IsBranch)
            ? ProcedureKind.Failure
            : lexicon.IsOperation(top.Title) ? ProcedureKind.Operation : ProcedureKind.General;
    }

    [GeneratedRegex(@"^(meaning|impact|what (fired|it means|this means|the alert means)|description|symptoms?)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Means();

    [GeneratedRegex(@"\b(alert|alarm)\b|\bfires?\b|알림|告警|アラート",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Fires();

    // "- **Alerts**: `A`, `B`" or "Monitoring alerts firing: `A`" among the symptoms.
    [GeneratedRegex(
        @"^(\*\*|__)?((monitoring|prometheus|grafana|alertmanager|triggering|firing)\s+)?alerts?( names?| firing| fired)?:?(\*\*|__)?\s*:?\s*`",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LabelledAlerts();

    [GeneratedRegex(
        @"^(\*\*|__)?((this |the )?(runbook|playbook|page|document|guide) )?(applies to|applicable to|covers|handles|answers|is for|triggered by|opened by)( the| these)?( following)?( \w+)? alerts?( names?)?(\*\*|__)?\s*:",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Announced();

    [GeneratedRegex(
        @"^(the )?alerts?( names?)?( at a glance| (that|which) (triggers?|fires?|opens?|starts?|leads? to)\b.*)?$|^(triggering|firing) alerts?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AlertHeading();

    [GeneratedRegex(
        @"\b(triggering|triggers|which (fires|raises))( the)?( alerts? (like|such as))?((,? (or|and)|,)? `?(?<name>[A-Z][a-z0-9]*[A-Z]\w+)`?)+( or [\w-]+)?( alerts?\b|(?<=alerts? (like|such as) [^.;]*))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Triggering();

    [GeneratedRegex(@"^\s*([-*]\s+)?`?(?<name>[A-Z][a-z0-9]*[A-Z][A-Za-z0-9]*)`?\s*(:\s.*)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(\*\*)?`(?<name>[A-Z]\w{5,})`(\*\*)?\s*(\([^)]*\)\s*)?(—|–|-|:)\s+(?<told>\S.*)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Explained();

    [GeneratedRegex(@"^(`[A-Z]\w{5,}`[\s,/]*)+(\([^)]*\))?\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex NameAlone();
}
