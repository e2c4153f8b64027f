using System.Buffers;
using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis.Inference;

/// <summary>
/// Which objects the diagnosis is about: what the procedure looks at (its focus) and what that needs. What the
/// procedure only pulls as a lever (scaling another workload down) is no patient, and a stranger in the namespace is
/// neither.
/// </summary>
internal sealed class ScopeOfDiagnosis
{
    private static readonly SearchValues<char> HoleSigns = SearchValues.Create("<>${}[]");

    private readonly EvidenceIndex _index;

    public ScopeOfDiagnosis(Procedure procedure, EvidenceIndex index)
    {
        _index = index;
        Named = [.. procedure.Scope.Workloads.SelectMany(Resolve),
            .. procedure.Scope.Selectors.SelectMany(
                selector => Resolve(new TargetReference("pod", null, null, selector)))];
        var looked = procedure.Steps
            .Where(step => step.Phase is Phase.Diagnose or Phase.Verify)
            .SelectMany(step => step.Commands)
            .Where(
                command => command.Effect.Effect == Effect.Read || (command.Effect.Marks & Marks.Local) != Marks.None)
            .SelectMany(command => Targets(command.Effect))
            .SelectMany(Resolve).ToImmutableSortedSet();
        Focus = FirstNotEmpty(looked, Named, FromAlert(), Everything(procedure));
        Subjects = [.. Focus, .. Focus.SelectMany(index.Graph.Upstream)];
    }

    /// <summary>What the procedure names anywhere.</summary>
    public ImmutableSortedSet<Subject> Named { get; }

    /// <summary>What the procedure looks at.</summary>
    public ImmutableSortedSet<Subject> Focus { get; }

    /// <summary>The focus and everything upstream of it: what may carry the cause, and whose symptoms count.</summary>
    public ImmutableSortedSet<Subject> Subjects { get; }

    /// <summary>Whether another workload of the scope needs it; a Service in front of it is no other.</summary>
    public bool IsNeeded(Subject subject) => _index.Graph.Downstream(subject).Except(_index.Graph.Upstream(subject))
        .Intersect(Subjects).Any(one => one.IsWorkload && one != subject);

    /// <summary>The targets of a command and of its parts.</summary>
    public static IEnumerable<TargetReference> Targets(CommandEffect effect) =>
        effect.Parts.SelectMany(Targets).Concat(effect.Target is { } target ? [target] : []);

    /// <summary>The entities that a target means; empty for what is not there, or names no object.</summary>
    public ImmutableSortedSet<Subject> Resolve(TargetReference target)
    {
        if (target.Name is null && target.Selector is null)
        {
            return [];
        }

        return
        [
            .. _index.Nodes
                .Where(node => target.Namespace is null || IsHole(target.Namespace) || node.Subject.Namespace is null
                    || node.Subject.Namespace == target.Namespace)
                .Where(node => target.Name is { } name
                    ? node.Subject.Name == name && node.Subject.Kind == KindOf(target)
                    : LabelSelector.Matches(target.Selector, target.Kind == "pod" ? PodLabels(node) : node.Labels)
                        && (target.Kind is "pod" or "all" || node.Subject.Kind == KindOf(target)))
                .Select(node => _index.EntityOf(node.Subject)),
        ];
    }

    // A Service's endpoints have its name.
    private static string KindOf(TargetReference target) =>
        target.Kind is "endpoints" or "endpoint" or "endpointslice" ? "service" : target.Kind;

    private static bool IsHole(string text) => text.AsSpan().ContainsAny(HoleSigns);

    private static ImmutableSortedDictionary<string, string> PodLabels(GraphNode node) =>
        node.Subject.Kind == "pod" ? node.Labels : node.PodLabels;

    private static ImmutableSortedSet<Subject> FirstNotEmpty(params ImmutableSortedSet<Subject>[] sets) =>
        sets.FirstOrDefault(set => !set.IsEmpty) ?? [];

    // A general runbook ("pods crash") names nothing: the alert says who it is about.
    private ImmutableSortedSet<Subject> FromAlert()
    {
        var labels = _index.Evidence.AlertLabels;
        var ns = labels.GetValueOrDefault("namespace");
        return
        [
            .. _index.Nodes
                .Where(node => ns is null || node.Subject.Namespace == ns)
                .Where(node => labels.GetValueOrDefault(node.Subject.Kind) == node.Subject.Name)
                .Select(node => _index.EntityOf(node.Subject)),
        ];
    }

    private ImmutableSortedSet<Subject> Everything(Procedure procedure) =>
    [
        .. _index.Nodes
            .Where(node => node.Subject.IsWorkload || node.Subject.Kind == "pod")
            .Where(node => procedure.Scope.Namespaces.IsEmpty || procedure.Scope.Namespaces.Any(IsHole)
                || procedure.Scope.Namespaces.Contains(node.Subject.Namespace ?? "", StringComparer.Ordinal))
            .Select(node => _index.EntityOf(node.Subject)),
    ];
}
