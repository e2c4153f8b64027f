using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Options, verbs and kinds that kubectl lost or is about to lose (MW2006), unless the line says so.</summary>
internal sealed partial class RemovedWordCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        from call in document.Kubectl
        where !Known().IsMatch(call.Command.Comment) && !Known().IsMatch(document.Lines[call.Command.Span.Line])
            && call.Words[0].Text != "oc" && !(document.IsInProse(call) && call.Parsed!.Operands.IsEmpty)
        from found in RemovedWords.Of(call)
        select new Report("MW2006", call.PlaceOf(found.Word),
            $"'{found.Word}' {found.Row.State}.", $"{found.Row.Instead}.");

    [GeneratedRegex(
        @"deprec|obsolet|veraltet|\bno usar\b|\bnão use\b|do not use|don't use|no longer|устар|废弃|弃用|已移除|非推奨|廃止",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Known();
}
