using System.Text.RegularExpressions;
using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Output that does not show what its reader takes it for (MW2018, MW2019, MW2020, MW2021).</summary>
internal sealed partial class OutputCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) => document.Calls
        .Where(call => !document.IsInProse(call) || call.Parsed?.Operands.IsEmpty == false
            || call.Has("-l", "--selector"))
        .SelectMany(OfCall);

    private static IEnumerable<Report> OfCall(CommandCall call)
    {
        if (call.IsKubectl("get") && call.ValueOf("--sort-by") is { Known: true } key && Time().IsMatch(key.Text)
            && call.Next is { Program: "head" } head)
        {
            yield return new Report("MW2018", head.Span,
                "The list is sorted from old to new: its head shows the oldest.", "Write 'tail' instead of 'head'.");
        }

        if (call.IsKubectl("logs", "log") && call.ValueOf("-l", "--selector") is not null
            && !call.Has("--tail", "-f", "--follow", "--since", "--since-time"))
        {
            yield return new Report("MW2019", call.Head,
                "With a selector, kubectl shows only the last 10 lines of each container.",
                "Say how many you want: '--tail=100', or '--tail=-1' for all.");
        }
        else if (call.IsKubectl("logs", "log") && !call.Captured
            && !call.Has("--tail", "-f", "--follow", "--since", "--since-time", "--limit-bytes", "-p", "--previous",
                "-l", "--selector")
            && call.Next is null)
        {
            yield return new Report("MW2020", call.Head, "The whole log is printed, however long it is.",
                "Add '--tail=200' or '--since=1h'.");
        }

        if (call.Program == "ps" && call.Next is { Program: "grep" or "egrep" } search && !search.Has("-v", "-q")
            && search.Parsed!.Operands is [{ Known: true } pattern, ..]
                && !pattern.Text.Contains('[', StringComparison.Ordinal)
            // A second search leaves the first one's line out, whose words it does not have.
            && !search.Behind.Any(each => each.Program is "grep" or "egrep")
            && call.Parsed!.Options.Length + call.Parsed.Operands.Length > 0 && ShowsArguments(call))
        {
            yield return new Report("MW2021", search.Span,
                $"'grep {pattern.Text}' finds itself in the list too, so that there is always a line.",
                $"Write '[{pattern.Text[0]}]{pattern.Text[1..]}', or 'pgrep -a'.");
        }
    }

    private static bool ShowsArguments(CommandCall call) => call.Words.Skip(1).Any(word =>
        word.Text is "aux" or "-ef" or "auxf" or "auxww" or "-aux" or "axu" or "-eaf" or "-efl" or "ax" or "auxwww"
            or "-auxw" or "faux" or "-efww");

    [GeneratedRegex(@"[tT]imestamp|[sS]tartTime|[tT]ime$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
