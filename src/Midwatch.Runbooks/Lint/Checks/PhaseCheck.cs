using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>A command that changes something under a heading for looking (MW2049).</summary>
internal sealed partial class PhaseCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        foreach (var command in document.Commands.Where(command => command.Phase == Phase.Diagnose
            && command.Effect.Effect is Effect.Change or Effect.Destroy
            && (command.Effect.Marks & (Marks.Local | Marks.Temporary | Marks.Synthetic)) == 0))
        {
            var headings = document.HeadingsAbove(command.Span.Line).ToList();
            var call = document.Calls.FirstOrDefault(each => each.Command == command);
            if (call is not null && call.IsKubectl() && call.Verb is not ("exec" or "rsh" or "debug" or "cp" or "run")
                && !document.IsInProse(command) && headings.Count > 0
                && Looking().IsMatch(headings[0].Text)
                && !Acting().IsMatch(headings[0].Text)
                && !Acting().IsMatch(command.Comment) && !Acting().IsMatch(document.Said(command)))
            {
                yield return new Report("MW2049", call.Head,
                    $"Under '{Wording.HeadingText.Plain(headings[0].Text)}', where a reader only looks, this {Does(command.Effect.Effect)}.",
                    "Move it to the section that mends, or say at the command what it does.");
            }
        }
    }

    private static string Does(Effect effect) => effect == Effect.Destroy ? "destroys something" : "changes something";

    [GeneratedRegex(
        @"\b(diagnos\w*|investigat\w*|triage|detect\w*|identif\w*|check\w*|verif\w*|assess\w*|observ\w*|inspect\w*)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Looking();

    [GeneratedRegex(
        @"\b(fix\w*|resol\w*|mitigat\w*|remed\w*|recover\w*|restart\w*|restor\w*|reset\w*|clean\w*|delet\w*|remov\w*|scal\w*|creat\w*|patch\w*|updat\w*|set\w*|enabl\w*|disabl\w*|appl\w*|deploy\w*|increas\w*|reduc\w*|chang\w*|edit\w*|roll\w*|drain\w*|cordon\w*|add\w*|kill\w*|terminat\w*|stop\w*|start\w*|trigger\w*|re-?run\w*|forc\w*|rotat\w*|label\w*|annotat\w*|instal\w*|test\w*|simulat\w*|action\w*|handl\w*|reconcil\w*|retr\w*|approv\w*|evict\w*)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Acting();
}
