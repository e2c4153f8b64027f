using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>A port-forward or proxy in the background that nobody ends (MW2022).</summary>
internal sealed class BackgroundCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        from call in document.Calls
        where call.Background && call.IsKubectl("port-forward", "proxy") && !IsEnded(document, call)
        select new Report("MW2022", call.Head,
            "It goes on in the background, and nothing in the document ends it.",
            "Keep its number ('PF=$!') and end it when done ('kill $PF').");

    private static bool IsEnded(LintDocument document, CommandCall call) => document.Calls.Any(each =>
        each.Command.Span.Line >= call.Command.Span.Line
            && each.Program is "kill" or "pkill" or "killall" or "trap" or "fg");
}
