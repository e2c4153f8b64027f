using System.Collections.Immutable;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Compilation;

/// <summary>
/// Tells what the commands of a procedure touch. Holes are not part of the scope: they are filled later.
/// </summary>
internal static class ScopeReader
{
    private static readonly string[] Workloads = ["deployment", "statefulset", "daemonset", "replicaset", "job",
        "cronjob", "service"];

    /// <summary>The scope of all commands.</summary>
    public static Scope Of(IEnumerable<Step> steps)
    {
        var named = new List<TargetReference>();
        foreach (var effect in steps.SelectMany(step => step.Commands).Select(command => command.Effect))
        {
            Add(effect.Target, named);
            foreach (var part in effect.Parts)
            {
                Add(part.Target, named);
            }
        }

        // Most commands of a procedure name the same few objects.
        ImmutableArray<TargetReference> targets = [.. named.Distinct()];
        return new Scope(
            [.. targets.Select(target => target.Namespace).OfType<string>().Where(IsWhole).Distinct()],
            [
                .. targets.Where(target => target.Name is { } name && IsWhole(name) && Workloads.Contains(target.Kind))
                    .Select(target => target is { Replicas: null, Selector: null }
                        ? target
                        : target with { Replicas = null, Selector = null })
                    .Distinct(),
            ],
            [.. targets.Select(target => target.Selector).OfType<string>().Where(IsWhole).Distinct()]);
    }

    private static void Add(TargetReference? target, List<TargetReference> named)
    {
        // A command's own is that of one of its parts.
        if (target is not null && (named.Count == 0 || !ReferenceEquals(target, named[^1])))
        {
            named.Add(target);
        }
    }

    private static bool IsWhole(string text) => text.IndexOfAny(['<', '$', '{', '[', '*']) < 0;
}
