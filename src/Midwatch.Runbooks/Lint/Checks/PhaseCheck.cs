using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>A command that changes something under a heading for looking (MW2049).</summary>
internal sealed class PhaseCheck : DocumentCheck
{
    private static readonly WordSign Looking = new("looking");
    private static readonly WordSign Acting = new("acting");

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
                && Looking.IsIn(headings[0].Text)
                && !Acting.IsIn(headings[0].Text)
                && !Acting.IsIn(command.Comment) && !Acting.IsIn(document.Said(command)))
            {
                yield return new Report("MW2049", call.Head,
                    $"Under '{Wording.HeadingText.Plain(headings[0].Text)}', where a reader only looks, this {Does(command.Effect.Effect)}.",
                    "Move it to the section that mends, or say at the command what it does.");
            }
        }
    }

    private static string Does(Effect effect) => effect == Effect.Destroy ? "destroys something" : "changes something";
}
