using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Engine.Clusters;

/// <summary>What is known of an action's shape beyond its effect.</summary>
internal static class ActionTraits
{
    // Each of these sets something to a stated value: done twice, it is as if done once.
    private static readonly FrozenSet<string> Idempotent = FrozenSet.Create(
        StringComparer.Ordinal,
        "scale", "scale-up", "scale-down", "apply", "restore-secret", "patch", "patch-resources", "patch-pull-secret",
        "set-image", "set-env", "label", "annotate", "cordon", "uncordon", "taint", "pause-rollout", "resume-rollout");

    internal static bool IsIdempotent(CommandEffect effect) =>
        effect.Effect == Effect.Read || (effect.Action is { } action && Idempotent.Contains(action));

    /// <summary>Why a restart is not taken back.</summary>
    internal const string NoneNeeded = "none is needed: the same template starts again";

    /// <summary>
    /// The command that would take the action back, or <see cref="NoneNeeded"/>; null when there is none, or it is
    /// not known.
    /// </summary>
    /// <param name="targets">What was looked at: what is not there yet is taken back by deleting it.</param>
    internal static string? Inverse(CommandEffect effect, ImmutableArray<TargetSnapshot> targets)
    {
        if (effect.Target is not { Name: { } name } target)
        {
            return null;
        }

        var place = target.Namespace is { } space ? $" -n {space}" : string.Empty;
        return effect.Action switch
        {
            "undo-rollout" => $"kubectl rollout undo {target.Kind}/{name}{place}",
            "set-image" or "set-env" or "patch-resources" or "patch-pull-secret" =>
                $"kubectl rollout undo {target.Kind}/{name}{place}",
            "pause-rollout" => $"kubectl rollout resume {target.Kind}/{name}{place}",
            "resume-rollout" => $"kubectl rollout pause {target.Kind}/{name}{place}",
            "cordon" => $"kubectl uncordon {name}",
            "uncordon" => $"kubectl cordon {name}",
            "restart" => NoneNeeded,
            "restore-secret" or "apply" or "create" when targets is [{ Uids.IsEmpty: true }] =>
                $"kubectl delete {target.Kind} {name}{place}",
            _ => null,
        };
    }
}
