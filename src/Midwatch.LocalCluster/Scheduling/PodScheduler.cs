using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Policies;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>
/// Gives pods a node, or tells why there is none and tries again when something that matters changes.
/// </summary>
internal sealed class PodScheduler(ClusterWriter cluster, TimeProvider time) : IController
{
    private const string Scheduled = "PodScheduled";

    private const string Gated = "SchedulingGated";

    private readonly PlacedPods _pods = new(cluster.Store);

    public string Name => "default-scheduler";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("", "pods"))
        {
            return OfPod(change);
        }

        return key.Is("", "persistentvolumeclaims") ? Waiting().Where(pod => Needs(pod, key))
            : key.Is("", "nodes") && ChangesRoom(change) ? Waiting() : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { } stored || !IsOurs(stored))
        {
            return null;
        }

        if (stored.Body.Items("spec", "schedulingGates").Any())
        {
            SetCondition(key, "False", Gated, "Scheduling is blocked due to non-empty scheduling gates");
            return null;
        }

        var nodes = _pods.Nodes(stored);
        var claims = new PodClaims(cluster, stored);
        var placement = Placement.Of(stored.Body, nodes, claims.Find, claims.WaitsForPod);
        if (placement is Placement.On(var node))
        {
            if (claims.Choose(node))
            {
                Bind(stored, node);
            }
            else
            {
                Nominate(key, node);
            }
        }
        else if (placement is Placement.Nowhere nowhere)
        {
            var preemption = nowhere.BeforePreemption is null ? null
                : Preemption.Find(stored.Body, nodes, cluster.Store.List("policy", "poddisruptionbudgets", null));
            var message = preemption is null ? nowhere.Message : nowhere.BeforePreemption!;
            SetCondition(key, "False", "Unschedulable", message);
            cluster.Record(stored, "Warning", "FailedScheduling", message, Name, action: "Scheduling");
            if (preemption is not null)
            {
                Nominate(key, preemption.Node);
                preemption.Victims.ForEach(victim => Preempt(victim, stored, preemption.Node));
            }
        }

        return null;
    }

    private void Nominate(ObjectKey pod, string node) =>
        _ = cluster.Mutate(pod, body => body.Need("status")["nominatedNodeName"] = node);

    private void Preempt(PlacedPod victim, StoredObject seeker, string node)
    {
        var key = victim.Source.Key;
        if (cluster.Store.Get(key) is not { IsBeingDeleted: false } present)
        {
            return;
        }

        var condition = Conditions.Make(
            "DisruptionTarget", "True", "PreemptionByScheduler",
            "default-scheduler: preempting to accommodate a higher priority pod", time.GetUtcNow());
        _ = condition.Remove("lastUpdateTime");
        _ = cluster.Mutate(key, body => Conditions.Set(body.Need("status"), condition));
        cluster.Delete(key);
        cluster.Record(
            present, "Normal", "Preempted", $"Preempted by pod {seeker.Uid} on node {node}", Name,
            action: "Preempting");
    }

    private bool IsOurs(StoredObject pod) =>
        new PodFacts(pod) is { Node: null, IsActive: true }
        && (pod.Body.Text("spec", "schedulerName") ?? Name) == Name;

    private IEnumerable<ObjectKey> OfPod(StoreEvent change)
    {
        var pod = new PodFacts(change.Object);
        if (pod.Node is null)
        {
            // Our own condition on it is no reason to look again; a new spec is.
            var same = change.Previous is { } before
                && JsonNode.DeepEquals(before.Body.At("spec"), change.Object.Body.At("spec"));
            return change.Type != StoreEventType.Deleted && !same ? [change.Object.Key] : [];
        }

        var leaves = change.Type == StoreEventType.Deleted
            || (pod.IsFinished && change.Previous is { } was && !new PodFacts(was).IsFinished);
        return leaves ? Waiting().Where(key => MayHelp(change.Object, key)) : [];
    }

    private bool Needs(ObjectKey pod, ObjectKey claim) => pod.Namespace == claim.Namespace
        && cluster.Store.Get(pod)?.Body.Items("spec", "volumes")
            .Any(volume => volume.Text("persistentVolumeClaim", "claimName") == claim.Name) == true;

    // What its leaving cannot change is no reason to look again (the scheduler's queueing hints).
    private bool MayHelp(StoredObject leaving, ObjectKey waiting)
    {
        var why = Conditions.Find(cluster.Store.Get(waiting)?.Body.At("status"), Scheduled).Text("message") ?? "";
        return why.Length == 0 || why.Contains("Insufficient ", StringComparison.Ordinal)
            || why.Contains("Too many pods", StringComparison.Ordinal)
            || (why.Contains("free ports", StringComparison.Ordinal) && HostPort.Of(leaving.Body).Any())
            || (waiting.Namespace == leaving.Key.Namespace
                && (why.Contains("affinity rules", StringComparison.Ordinal)
                    || why.Contains("topology spread", StringComparison.Ordinal)));
    }

    private static bool ChangesRoom(StoreEvent change) =>
        change.Previous is not { } before || change.Type == StoreEventType.Deleted
        || !JsonNode.DeepEquals(before.Body.At("spec", "taints"), change.Object.Body.At("spec", "taints"))
        || before.Body.Flag("spec", "unschedulable") != change.Object.Body.Flag("spec", "unschedulable")
        || !JsonNode.DeepEquals(before.Body.At("metadata", "labels"), change.Object.Body.At("metadata", "labels"))
        || !JsonNode.DeepEquals(before.Body.At("status", "allocatable"),
            change.Object.Body.At("status", "allocatable"));

    private IEnumerable<ObjectKey> Waiting() =>
        cluster.Store.List("", "pods", null).Where(IsOurs)
            .OrderByDescending(pod => NodeFacts.Priority(pod.Body))
            .Select(pod => pod.Key);

    private void Bind(StoredObject pod, string node)
    {
        var now = KubernetesTime.Format(time.GetUtcNow());
        var labels = TopologyLabels.Of(cluster.Store.Get(new ObjectKey("", "nodes", null, node)));
        // Through the API server's binding, of which it notes no owner.
        var bound = cluster.Store.Mutate(pod.Key, body =>
        {
            if (body.Text("spec", "nodeName") is null && body.At("metadata", "deletionTimestamp") is null)
            {
                body.Need("spec")["nodeName"] = node;
                _ = body.Need("status").Remove("nominatedNodeName");
                TopologyLabels.Give(body, labels);
                Put(body, Condition("True", reason: null, message: null, now));
            }
        });
        if (bound is StoreResult.Done)
        {
            cluster.Record(
                pod, "Normal", "Scheduled",
                $"Successfully assigned {pod.Key.Namespace}/{pod.Key.Name} to {node}", Name, action: "Binding");
        }
    }

    private void SetCondition(ObjectKey pod, string status, string reason, string message)
    {
        var now = KubernetesTime.Format(time.GetUtcNow());
        _ = cluster.Mutate(pod, body =>
        {
            var condition = Condition(status, reason, message, now);
            if (reason != Gated)
            {
                condition["observedGeneration"] = body.Number("metadata", "generation") ?? 1;
            }

            Put(body, condition);
        });
    }

    private static JsonObject Condition(string status, string? reason, string? message, string now)
    {
        var condition = new JsonObject
        {
            ["type"] = Scheduled,
            ["status"] = status,
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = now,
        };
        if (reason is not null)
        {
            condition["reason"] = reason;
            condition["message"] = message;
        }

        return condition;
    }

    // Unlike Conditions.Set this also takes a new message for the same reason.
    private static void Put(JsonObject body, JsonObject condition)
    {
        var status = body.Need("status");
        if (Conditions.Find(status, Scheduled) is { } present && present.Text("status") == condition.Text("status"))
        {
            condition["lastTransitionTime"] = present.Text("lastTransitionTime");
        }

        Conditions.Remove(status, Scheduled);
        if (status["conditions"] is not JsonArray list)
        {
            list = [];
            status["conditions"] = list;
        }

        list.Add((JsonNode)condition);
    }
}
