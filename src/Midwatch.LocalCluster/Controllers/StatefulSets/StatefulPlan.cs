using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.StatefulSets;

/// <summary>
/// What to do next for a StatefulSet (k8s.io/kubernetes/pkg/controller/statefulset/stateful_set_control.go). Pure.
/// With OrderedReady a pod that is not ready holds up everything after it, updates too: Kubernetes documents that as
/// "forced rollback", and it is so here.
/// </summary>
internal sealed class StatefulPlan(
    JsonObject set, ImmutableArray<PodFacts> pods, string current, string update, DateTimeOffset now)
{
    private readonly int _start = set.Count("spec", "ordinals", "start");
    private readonly int _replicas = (int)(set.Number("spec", "replicas") ?? 1);
    private readonly bool _ordered = set.Text("spec", "podManagementPolicy") != "Parallel";
    private readonly TimeSpan _minimum = TimeSpan.FromSeconds(set.Number("spec", "minReadySeconds") ?? 0);

    private int Partition => set.Count("spec", "updateStrategy", "rollingUpdate", "partition");

    private bool IsRolling => set.Text("spec", "updateStrategy", "type") != "OnDelete";

    public ImmutableArray<StatefulStep> Next()
    {
        var steps = new List<StatefulStep>();
        var mayGoOn = Fill(steps) && Condemn(steps);
        if (mayGoOn && IsRolling)
        {
            Update(steps);
        }

        return [.. steps];
    }

    private PodFacts? At(int ordinal)
    {
        var name = OrdinalPod.Name(set, ordinal);
        return pods.FirstOrDefault(pod => pod.Name == name);
    }

    /// <summary>Ordinals that should be there, lowest first; false when an ordered set has to wait for one.</summary>
    private bool Fill(List<StatefulStep> steps)
    {
        for (var ordinal = _start; ordinal < _start + _replicas; ordinal++)
        {
            var pod = At(ordinal);
            if (pod is null)
            {
                steps.Add(new StatefulStep.Create(ordinal, TakesUpdate(ordinal)));
            }
            else if (pod.IsFinished && !pod.IsTerminating)
            {
                steps.Add(new StatefulStep.Delete(pod));
            }

            if (_ordered && (pod is null || pod.IsTerminating || pod.IsFinished || !pod.IsAvailable(_minimum, now)))
            {
                return false;
            }
        }

        return true;
    }

    // A pod that has to be made again while an update is on its way gets the template that it had.
    private bool TakesUpdate(int ordinal)
    {
        if (!IsRolling || current == update)
        {
            return true;
        }

        return Partition > 0
            ? ordinal >= Partition
            : ordinal >= _start + set.Count("status", "currentReplicas");
    }

    /// <summary>Pods beyond the wanted number, highest ordinal first.</summary>
    private bool Condemn(List<StatefulStep> steps)
    {
        var condemned = pods
            .Select(pod => (Pod: pod, Ordinal: OrdinalPod.Ordinal(set, pod.Name)))
            .Where(entry => entry.Ordinal is { } ordinal && (ordinal < _start || ordinal >= _start + _replicas))
            .OrderByDescending(entry => entry.Ordinal);
        foreach (var (pod, _) in condemned)
        {
            if (!pod.IsTerminating)
            {
                steps.Add(new StatefulStep.Delete(pod));
            }

            if (_ordered)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The highest ordinal that is not of the newest template, one at a time.</summary>
    private void Update(List<StatefulStep> steps)
    {
        for (var ordinal = _start + _replicas - 1; ordinal >= Math.Max(_start, Partition); ordinal--)
        {
            if (At(ordinal) is not { } pod)
            {
                return;
            }

            if (OrdinalPod.Revision(pod) != update && !pod.IsTerminating)
            {
                steps.Add(new StatefulStep.Delete(pod));
                return;
            }

            if (pod.IsTerminating || !pod.IsAvailable(_minimum, now))
            {
                return;
            }
        }
    }
}
