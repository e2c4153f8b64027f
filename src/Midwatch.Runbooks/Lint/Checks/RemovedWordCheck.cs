namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Options, verbs and kinds that kubectl lost or is about to lose (MW2006), unless the line says so.</summary>
internal sealed class RemovedWordCheck : DocumentCheck
{
    private readonly WordSign _givenUp = new("given-up");

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        from call in document.Kubectl
        where !_givenUp.IsIn(call.Command.Comment) && !_givenUp.IsIn(document.Lines[call.Command.Span.Line])
            && call.Words[0].Text != "oc" && !(document.IsInProse(call) && call.Parsed!.Operands.IsEmpty)
        from found in RemovedWords.Of(call)
        select new Report("MW2006", call.PlaceOf(found.Word),
            $"'{found.Word}' {found.Row.State}.", $"{found.Row.Instead}.");
}
