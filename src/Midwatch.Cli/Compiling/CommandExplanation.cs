using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Cli.Compiling;

/// <summary>Says what a command would do, and how that is known.</summary>
/// <param name="say">Takes a label and its text.</param>
internal sealed class CommandExplanation(Action<string, string> say)
{
    internal void Show(StepCommand command)
    {
        var effect = command.Effect;
        say("command", command.Text);
        say("effect", effect.Effect.Name() + string.Concat(effect.Marks.Names().Select(mark => $", {mark}")));
        foreach (var reason in effect.Reasons)
        {
            say("because", reason);
        }

        if (effect.Program.Length > 0)
        {
            say("program", $"{effect.Program} {effect.Subcommand}");
        }

        if (effect.Target is { } target)
        {
            say("target", Words(target));
        }

        if (effect.Action is { } action)
        {
            say("action", action);
        }

        if (!effect.Elsewhere.IsEmpty)
        {
            say("elsewhere",
                $"{string.Join(", ", effect.Elsewhere)}: leads away from the bound cluster, so it is refused");
        }

        foreach (var placeholder in command.Placeholders)
        {
            say("to fill",
                $"{placeholder.Name} ({placeholder.Type}) at {placeholder.Span.Line}:{placeholder.Span.Column}");
        }

        if (command.Gate is { } gate)
        {
            say("only", Words(gate));
        }

        if (command.Inside is { } place)
        {
            say("inside", $"the {place.Kind} that line {place.Line} opens ({place.Opener}): it runs in there, by hand, "
                + "and never here");
        }

        if (command.IsAlternative)
        {
            say("instead", "it is another way to do what the command before it does");
        }

        foreach (var expects in command.Expects)
        {
            say("expects", $"{Words(expects)} [line {expects.Line}]");
        }

        if (command.Script is null && command.Inside is null)
        {
            say("refused", "it cannot be parsed or is damaged; the diagnostic says where");
        }
    }

    internal static string Words(TargetReference target)
    {
        var named = target.Name is { } name ? $"{target.Kind}/{name}"
            : target.Selector is { } selector ? $"{target.Kind} -l {selector}" : $"every {target.Kind}";
        return named + (target.Namespace is { } space ? $" in namespace {space}" : string.Empty)
            + (target.Replicas is { } replicas ? FormattableString.Invariant($", to {replicas} replicas")
                : string.Empty);
    }

    internal static string Words(Gate gate) => $"{gate.Text} (line {gate.Line}): "
        + (gate.Predicate is { } predicate ? $"looked up as {predicate}"
            : "asked of a person, for nothing tells how to look it up");

    internal static string Words(Expectation expectation) => expectation switch
    {
        Expectation.Told { IsExample: true } => $"an example of output, no assertion: {expectation.Source}",
        Expectation.Told told => $"a person judges: {told.Text}",
        _ => $"{expectation.GetType().Name}: {expectation.Source}",
    };
}
