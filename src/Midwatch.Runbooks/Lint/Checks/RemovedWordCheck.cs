namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Options, verbs and kinds that kubectl lost or is about to lose (MW2006).</summary>
internal sealed class RemovedWordCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        from call in document.Kubectl
        where call.Words[0].Text != "oc" && !(document.IsInProse(call) && call.Parsed!.Operands.IsEmpty)
        from found in RemovedWords.Of(call)
        select new Report("MW2006", call.PlaceOf(found.Word),
            $"'{found.Word}' {found.Row.State}.", $"{found.Row.Instead}.");
}
