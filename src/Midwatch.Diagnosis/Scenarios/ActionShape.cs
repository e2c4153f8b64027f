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

    /// <summary>The shape, with <c>scale</c> made precise by the number that it wants and the number there is.</summary>
    public static string? Of(StepCommand command, int? replicasNow) =>
        command.Effect.Action is { } action && action.StartsWith("scale", StringComparison.Ordinal)
        && command.Effect.Target?.Replicas is { } wanted
            ? (wanted, replicasNow) switch
            {
                (0, _) => "scale-to-zero",
                (_, { } now) when wanted < now => "scale-down",
                (_, { }) => "scale-up",
                _ => action,
            }
            : Restoring(command.Effect) ?? command.Effect.Action;

    /// <summary>Whether the command can have that shape, as far as its text alone tells.</summary>
    public static bool Covers(StepCommand command, string action) =>
        command.Effect.Action == action || Restoring(command.Effect) == action
        || command.Effect.Action == "scale" && action.StartsWith("scale-", StringComparison.Ordinal);

    // Making a secret or a ConfigMap, by whichever verb, restores it where it is missing.
    private static string? Restoring(CommandEffect effect) => (effect.Action, effect.Target?.Kind) switch
    {
        ("apply" or "create", "secret") => "restore-secret",
        ("apply" or "create", "configmap") => "restore-config",
        _ => null,
    };
}
