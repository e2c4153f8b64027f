using Midwatch.Runbooks.Effects;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Cli.Scripts;

/// <summary>Allows what has at most an effect, as the effect data tells; nothing that needs a person.</summary>
/// <param name="text">The text that the script was parsed from.</param>
internal sealed class PolicyJudge(JudgedScript script, string text, Effect most) : IJudge
{
    public Verdict Foresee(ForeseenCall call)
    {
        // What only running can tell is judged when it is known.
        var isKnown = call.Arguments.All(argument => argument.Text is not null);
        return isKnown ? Weigh(script.Foresee(call, text)) : Verdict.Allowed;
    }

    public ValueTask<Verdict> JudgeAsync(ProgramCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Weigh(script.Judge(call)));

    private Verdict Weigh(CommandEffect effect)
    {
        if (effect.Marks.HasFlag(Marks.Interactive))
        {
            return new Verdict.Refuse("It needs a person at a terminal.", "Do it by hand.");
        }

        if (effect.Effect <= most)
        {
            return Verdict.Allowed;
        }

        var why = effect.Reasons.IsDefaultOrEmpty ? string.Empty : " " + effect.Reasons[0];
        return new Verdict.Refuse(
            $"Its effect is {effect.Effect.Name()}, and the policy allows at most {most.Name()}.{why}",
            effect.Effect == Effect.Unknown
                ? "Do it by hand, or say what it does in the effect data."
                : $"Run it with --policy {effect.Effect.Name()} when that is meant.");
    }
}
