namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Links to a heading of the same document that is not there (MW4001).</summary>
internal sealed class AnchorCheck : DocumentCheck
{
    private static readonly string[] Directives = ["```{", ":::{", "](#)", "{ref}`"];

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        if (!document.Runbook.Text.Contains("](#", StringComparison.Ordinal))
        {
            yield break;
        }

        // MyST's labels stand in any document of the site; its link without a text is always one.
        if (Directives.Any(each => document.Runbook.Text.Contains(each, StringComparison.Ordinal))
            || document.Runbook.Text.Contains("[](#", StringComparison.Ordinal))
        {
            yield break;
        }

        var anchors = DocumentAnchors.Of(document);
        foreach (var (target, span) in DocumentLinks.Of(document))
        {
            // "#/" is a page of a site that is one document to the browser.
            if (target.Length > 1 && target[0] == '#' && !target.Contains("{{", StringComparison.Ordinal)
                && target is not ("#top" or "#!" or ['#', '/', ..]) && !target.Contains(':', StringComparison.Ordinal)
                    && !anchors.Contains(DocumentAnchors.Normal(target[1..]))
                && !anchors.Contains(target[1..]))
            {
                var near = Nearest.To(DocumentAnchors.Normal(target[1..]), anchors, 6);
                yield return new Report("MW4001", span, $"No heading of the document has the anchor '{target}'.",
                    near is null ? "Link to a heading that is there." : $"Did you mean '#{near}'?");
            }
        }
    }
}
