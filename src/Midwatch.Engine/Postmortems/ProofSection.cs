using System.Globalization;
using Midwatch.Incidents;

namespace Midwatch.Engine.Postmortems;

/// <summary>What was asked in order to prove recovery, and the last answers.</summary>
internal static class ProofSection
{
    public static void Write(MarkdownText text, IncidentState state)
    {
        text.Heading(2, "Proof of recovery");
        if (state.Verification is not { } proof)
        {
            text.Line("Recovery was not verified.");
            return;
        }

        text.Line(state.IsHealed
            ? $"Everything held for {MarkdownText.Duration(proof.Settling)}."
            : "**Recovery is not proven.**");
        text.Table(["Check", "Line", "Answer", "Seen"], proof.Checks.Select(check => new[]
        {
            MarkdownText.Inline(check.Title),
            check.Line > 0 ? check.Line.ToString(CultureInfo.InvariantCulture) : "Midwatch",
            check.IsForPeople ? "for a person" : Timeline.Word(check.Verdict),
            MarkdownText.Inline(check.Reason),
        }));
    }
}
