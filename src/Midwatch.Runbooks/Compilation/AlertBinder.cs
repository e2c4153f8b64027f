using System.Collections.Immutable;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Sections;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Binds alerts that stand away from their procedure: in tables, in YAML rules, in the file's name.</summary>
/// <param name="path">The document's path as the user named it.</param>
internal sealed class AlertBinder(string path)
{
    /// <summary>Adds what is found to the drafts.</summary>
    public void Bind(
        ImmutableArray<OutlineNode> outline, ImmutableArray<ProcedureShare> shares,
        Dictionary<ProcedureShare, ProcedureDraft> drafts)
    {
        foreach (var alert in outline.OfType<OutlineNode.Table>().SelectMany(table => TableReader.Alerts(table)))
        {
            Bind(alert, shares, drafts);
        }

        Listed(shares, drafts);

        foreach (var code in outline.OfType<OutlineNode.Code>().Where(code => code.Language is "yaml" or "yml" or null))
        {
            foreach (var alert in AlertRules.In(code))
            {
                Mention(alert, shares, drafts);
            }
        }

        var file = path[(path.LastIndexOf('/') + 1)..].Split('.')[0];
        if (drafts.Values.All(draft => draft.Alerts.Count == 0) && shares.Length == 1
            && (AlertNames.OfFile(file) ?? FrontMatter.Alert(outline)) is { } name)
        {
            drafts[shares[0]].Alerts.Add(new AlertBinding(name, 1));
        }

        Own(shares, drafts);
    }

    /// <summary>
    /// Where the whole document meets one failure and names no alert for it, the rules that it gives are of that
    /// failure.
    /// </summary>
    private static void Own(
        ImmutableArray<ProcedureShare> shares, Dictionary<ProcedureShare, ProcedureDraft> drafts)
    {
        if (shares is not [{ Kind: ProcedureKind.Failure } only] || drafts[only].Alerts.Count > 0)
        {
            return;
        }

        drafts[only].Alerts.AddRange(drafts[only].RelatedAlerts
            .Where(alert => alert.Relation == AlertRules.Relation)
            .Select(alert => new AlertBinding(alert.Name, alert.Line) { For = alert.For }));
    }

    /// <summary>
    /// A document that meets one failure and names its alerts only in a table below "Alerts" is for those, unless the
    /// table leads elsewhere.
    /// </summary>
    private static void Listed(
        ImmutableArray<ProcedureShare> shares, Dictionary<ProcedureShare, ProcedureDraft> drafts)
    {
        if (shares is not [{ Kind: ProcedureKind.Failure } only] || drafts[only].Alerts.Count > 0)
        {
            return;
        }

        var listed = only.Parts.Where(part => ProcedureSplitter.NamesAlerts(part))
            .SelectMany(part => part.Content).OfType<OutlineNode.Table>()
            .Where(table => !table.Rows.SelectMany(row => row.Cells)
                .Any(cell => cell.Contains("](", StringComparison.Ordinal)))
            .SelectMany(table => TableReader.Alerts(table)).ToList();
        drafts[only].Alerts.AddRange(listed.Where(alert => AlertNames.AreSure(alert.Name))
            .Select(alert => new AlertBinding(alert.Name, alert.Line)
            {
                For = Durations.Holding(alert.Threshold ?? alert.Action),
            }));
        drafts[only].RelatedAlerts.RemoveAll(alert => drafts[only].Alerts.Exists(bound => bound.Name == alert.Name));
    }

    private static void Bind(
        ListedAlert alert, ImmutableArray<ProcedureShare> shares, Dictionary<ProcedureShare, ProcedureDraft> drafts)
    {
        var share = shares.FirstOrDefault(each => alert.Anchor is { } anchor
                ? string.Equals(HeadingText.Slug(each.Root.Heading), anchor, StringComparison.OrdinalIgnoreCase)
                : AlertWords.AreSame(each.Root.Title, alert.Name))
            ?? shares.FirstOrDefault(each => drafts[each].Alerts.Any(bound => bound.Name == alert.Name));
        if (share is null)
        {
            drafts[shares[0]].RelatedAlerts.Add(new RelatedAlert(alert.Name, alert.Action ?? "", alert.Line)
            {
                Severity = alert.Severity is null ? null : HeadingText.Bare(alert.Severity),
                Threshold = alert.Threshold,
                For = Durations.Holding(alert.Threshold),
            });
            return;
        }

        var draft = drafts[share];
        draft.Severity ??= alert.Severity is null ? null : HeadingText.Bare(alert.Severity);
        draft.Threshold ??= alert.Threshold;
        if (draft.Alerts.TrueForAll(bound => bound.Name != alert.Name))
        {
            draft.Alerts.Add(new AlertBinding(alert.Name, alert.Line));
        }
    }

    /// <summary>A rule in the document defines an alert; whose it is, it does not say.</summary>
    private static void Mention(
        RelatedAlert alert, ImmutableArray<ProcedureShare> shares, Dictionary<ProcedureShare, ProcedureDraft> drafts)
    {
        var owner = drafts.Values.FirstOrDefault(draft => draft.Alerts.Exists(bound => bound.Name == alert.Name));
        if (owner is not null)
        {
            owner.Severity ??= alert.Severity;
            owner.Threshold ??= alert.Threshold;
            owner.For ??= alert.For;
            return;
        }

        var share = shares.LastOrDefault(each => each.Root.Line <= alert.Line) ?? shares[0];
        drafts[share].RelatedAlerts.Add(alert);
    }
}
