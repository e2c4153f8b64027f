using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects;

/// <summary>
/// Lets the interpreter run a text only as far as an effect allows: the judge behind the shell's port for whoever runs
/// a script on its own (<c>midwatch shell run --policy read</c>). Refused are also secrets on the screen, commands that
/// need a terminal, and what leads to another cluster, account or host.
/// </summary>
/// <param name="script">The text, judged.</param>
/// <param name="text">The text itself.</param>
/// <param name="most">The worst effect that may run.</param>
public sealed class EffectGate(JudgedScript script, string text, Effect most) : IJudge
{
    private const string Remedy = "Do it by hand, or allow more.";

    /// <summary>Whether commands that lead to another cluster, account, user, project or host may run.</summary>
    /// <value>The default is false.</value>
    public bool AllowElsewhere { get; init; }

    /// <summary>Whether a command that prints secrets may run.</summary>
    /// <value>The default is false.</value>
    public bool AllowSecrets { get; init; }

    /// <summary>Why the text as a whole must not start; null when it may.</summary>
    public ShellDiagnostic? Objection(SourceSpan span) =>
        Weigh(script.Effect) is Verdict.Refuse refusal
            ? new ShellDiagnostic("SH2004", refusal.Reason, refusal.Remedy, span)
            : null;

    /// <inheritdoc/>
    public Verdict Foresee(ForeseenCall call) => Weigh(script.Foresee(call, text));

    /// <inheritdoc/>
    public ValueTask<Verdict> JudgeAsync(ProgramCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Weigh(script.Judge(call)));

    private Verdict Weigh(CommandEffect effect)
    {
        var why = effect.Reasons.IsDefaultOrEmpty ? "" : " " + effect.Reasons[0];
        if (effect.Effect > most)
        {
            return new Verdict.Refuse(
                $"Its effect is '{effect.Effect.Name()}', and at most '{most.Name()}' is allowed here.{why}", Remedy);
        }

        if (effect.Marks.HasFlag(Marks.Interactive))
        {
            return new Verdict.Refuse("It needs a person at a terminal.", "Do this by hand.");
        }

        if (effect.Marks.HasFlag(Marks.PrintsSecret) && !AllowSecrets)
        {
            return new Verdict.Refuse($"It prints secrets.{why}", Remedy);
        }

        return !AllowElsewhere && effect.Elsewhere.Concat(effect.Hosts).FirstOrDefault() is { } place
            ? new Verdict.Refuse($"'{place}' leads to another cluster, account or host.", Remedy)
            : Verdict.Allowed;
    }
}
