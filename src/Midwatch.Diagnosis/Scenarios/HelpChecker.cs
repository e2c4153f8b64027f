using System.Collections.Immutable;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Inference;
using Midwatch.Diagnosis.Observations;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Diagnosis.Scenarios;

/// <summary>
/// Asks of each acting command what it would do about a cause at a subject. Made for one scenario; commands come in
/// order.
/// </summary>
internal sealed class HelpChecker(EvidenceIndex index, ScopeOfDiagnosis scope, Cause cause, Subject subject)
{
    private readonly List<string> _before = [];
    private readonly Dictionary<string, (string CommandId, int Replicas)> _scaled = new(StringComparer.Ordinal);
    private readonly bool _isRolledOut =
        new Interpreter(index).Ask(new Predicate.RecentRollout(), subject).State == Truth.True;

    /// <summary>What a command would do, given the helpful ones before it.</summary>
    public HelpCheck Check(StepCommand command)
    {
        var action = ActionShape.Of(command, ReplicasNow(command));
        var check = Judge(command, action);
        if (check.Help == Help.Helps && action is not null)
        {
            _before.Add(action);
        }

        Remember(command);
        return check;
    }

    /// <summary>Whether the command's target carries the cause, owns it, or is nothing that could carry it.</summary>
    public Placement Place(StepCommand command)
    {
        var targets = Targets(command);
        return targets.IsEmpty ? Placement.Nowhere
            : targets.Contains(subject) ? Placement.Subject
            : subject.Kind != "service"
                && targets.Any(target => target.Kind == "service" && index.Graph.Services(subject).Contains(target))
                ? Placement.Subject
                : Placement.Elsewhere;
    }

    /// <summary>The workloads, services and nodes that a command acts on.</summary>
    public ImmutableSortedSet<Subject> Targets(StepCommand command) =>
        [.. ScopeOfDiagnosis.Targets(command.Effect).Where(IsBearer).SelectMany(scope.Resolve)];

    private static bool IsBearer(TargetReference target) =>
        Subject.WorkloadKinds.Contains(target.Kind) || target.Kind is "pod" or "service" or "node" or "all";

    private HelpCheck Judge(StepCommand command, string? action)
    {
        HelpCheck Say(Help help, string because) => new(command.Id, action, help, because, command.Span.Line);

        if (!ActionShape.IsActing(command))
        {
            return Say(Help.Neutral, "It touches only this machine, or only tries the service out.");
        }

        if (GivesBack(command) is { } taker)
        {
            return Say(Help.Neutral, $"It gives back what {taker} took.");
        }

        if (action is null)
        {
            return Say(Help.NotKnown, "Nothing is known of what it does about this cause.");
        }

        var place = Place(command);
        if (cause.TreatedBy.FirstOrDefault(
            treatment => Holds(treatment, action) && (treatment.Anywhere || place != Placement.Elsewhere)) is { } cure)
        {
            return Say(Help.Helps, cure.Because);
        }

        if (place == Placement.Elsewhere)
        {
            return Say(Help.NoEffect,
                $"The cause lies at {subject}, and it acts on {string.Join(", ", Targets(command))}.");
        }

        return cause.NotHelpedBy.FirstOrDefault(treatment => Holds(treatment, action)) is { } vain
            ? Say(vain.Harms ? Help.Harms : Help.NoEffect, vain.Because)
            : Say(Help.NotKnown, $"Nothing is known of what {action} does about {cause.Title}.");
    }

    private bool Holds(Treatment treatment, string action) =>
        treatment.Action == action && (!treatment.NeedsRollout || _isRolledOut)
        && (treatment.After.IsEmpty || treatment.After.Any(_before.Contains));

    private int? ReplicasNow(StepCommand command) =>
        _scaled.TryGetValue(ScaleKey(command), out var done) ? done.Replicas
            : Targets(command).SelectMany(target => index.Of(target)).Where(one => one.Type == "replicas")
                .Select(one => (int?)int.Parse(one.Value, System.Globalization.CultureInfo.InvariantCulture))
                .FirstOrDefault();

    // Down and up again within one scenario: the second is no action of its own.
    private string? GivesBack(StepCommand command) =>
        command.Effect.Target?.Replicas is { } wanted && _scaled.TryGetValue(ScaleKey(command), out var done)
        && wanted > done.Replicas ? done.CommandId : null;

    private void Remember(StepCommand command)
    {
        if (command.Effect.Target?.Replicas is { } replicas)
        {
            _scaled[ScaleKey(command)] = (command.Id, replicas);
        }
    }

    private static string ScaleKey(StepCommand command) => command.Effect.Target is { } target
        ? $"{target.Kind}/{target.Namespace}/{target.Name}/{target.Selector}" : "";
}

/// <summary>Where a command acts, seen from the cause.</summary>
internal enum Placement
{
    /// <summary>On what carries the cause.</summary>
    Subject,

    /// <summary>On something else that could carry one.</summary>
    Elsewhere,

    /// <summary>On nothing that could carry a cause (a secret, an address), or on nothing that is known.</summary>
    Nowhere,
}
