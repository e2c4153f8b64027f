using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Diagnosis.Scenarios;

/// <summary>Compares the shape of a command's action with those that the causes' data names.</summary>
internal static class ActionShape
{
    /// <summary>Marks under which a command is no remedy of its own.</summary>
    private const Marks Aside = Marks.Local | Marks.Synthetic | Marks.Temporary;

    /// <summary>Whether it acts on the system, so that it has to help.</summary>
    public static bool IsActing(StepCommand command) =>
        command.Effect.Effect != Effect.Read && (command.Effect.Marks & Aside) == Marks.None;

    /// <summary>
    /// The part of a command that does something about the system: a pipeline's first one with a shape.
    /// </summary>
    public static CommandEffect Doing(CommandEffect effect) =>
        effect.Action is not null
            ? effect
            : effect.Parts.Select(Doing).FirstOrDefault(part => part.Action is not null) ?? effect;

    /// <summary>
    /// The shape, with <c>scale</c> made precise by the number that it wants and the number there is.
    /// </summary>
    public static string? Of(StepCommand command, int? replicasNow)
    {
        var doing = Doing(command.Effect);
        return doing.Action is { } action && action.StartsWith("scale", StringComparison.Ordinal)
            && doing.Target?.Replicas is { } wanted
                ? (wanted, replicasNow) switch
                {
                    (0, _) => "scale-to-zero",
                    (_, { } now) when wanted < now => "scale-down",
                    (_, { }) => "scale-up",
                    _ => action,
                }
                : Plain(command);
    }

    /// <summary>Whether the command can have that shape, as far as its text alone tells.</summary>
    public static bool Covers(StepCommand command, string action) =>
        Plain(command) == action
        || Doing(command.Effect).Action == "scale" && action.StartsWith("scale-", StringComparison.Ordinal);

    private static string? Plain(StepCommand command)
    {
        var doing = Doing(command.Effect);
        return (doing.Action, doing.Target?.Kind) switch
        {
            // Making a secret or a ConfigMap, by whichever verb, restores it where it is missing.
            ("apply" or "create", "secret") => "restore-secret",
            ("apply" or "create", "configmap") => "restore-config",

            // What only clears away the dead touches nothing that runs.
            ("delete-pods", _)
                when command.Text.Contains("status.phase=Failed", StringComparison.Ordinal) => "delete-failed-pods",
            _ => doing.Action,
        };
    }
}
