using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>
/// One pass over one Deployment: decides with the pure parts, writes, and leaves a true status behind.
/// </summary>
internal sealed class Rollout(ClusterWriter cluster, StoredObject deployment, DateTimeOffset now)
{
    private const string Component = "deployment-controller";

    private readonly RolloutLimits _limits = RolloutLimits.Of(deployment.Body);

    /// <summary>Old pods go first, and new ones come when the last old one is gone.</summary>
    public TimeSpan? Recreate()
    {
        var history = Read();
        ImmutableArray<Resize> down =
            [.. history.Older.Where(set => set.Desired > 0).Select(set => new Resize(set, 0))];
        Apply(down);
        if (down.IsEmpty && !HasOldPods(history))
        {
            history = NeedNewest(history);
            if (history.Newest is { } newest && newest.Desired != _limits.Desired)
            {
                Apply([new(newest, _limits.Desired)]);
            }
        }

        return WriteRolloutStatus();
    }

    public TimeSpan? Roll()
    {
        var history = NeedNewest(Read());
        if (history.Newest is { } newest)
        {
            Apply(RollingUpdate.Next(_limits, newest, history.Older));
        }

        return WriteRolloutStatus();
    }

    /// <summary>Somebody changed <c>spec.replicas</c> since the live ReplicaSets were last sized.</summary>
    public bool WasScaled() =>
        Read().All.Any(set => set.Desired > 0 && set.DesiredAnnotation is { } wanted && wanted != _limits.Desired);

    public void Scale()
    {
        var history = Read();
        var isRolling = !RolloutLimits.IsRecreate(deployment.Body);
        Apply(ProportionalScale.Next(_limits, history.Newest, history.Older, isRolling));
        // Sizes that happen to be right already still have to be noted, or this would count as scaling for ever.
        Apply([.. Read().All.Where(set => set.Desired > 0).Select(set => new Resize(set, set.Desired))]);
        WriteCounters();
    }

    public void WriteCounters()
    {
        var history = Read();
        cluster.WriteStatus(deployment.Key,
            new DeploymentStatus(Current(), history.Newest, history.All, now).Counters());
    }

    /// <summary>Keeps the Progressing condition true to <c>spec.paused</c>; true when it had to be changed.</summary>
    public bool NotePause()
    {
        if (deployment.Body.At("spec", "progressDeadlineSeconds") is null)
        {
            return false;
        }

        var paused = deployment.Body.Flag("spec", "paused");
        var reason = Conditions.Find(deployment.Body.At("status"), "Progressing").Text("reason");
        if (reason == "ProgressDeadlineExceeded" || paused == (reason == "DeploymentPaused"))
        {
            return false;
        }

        SetProgressing(
            "Unknown",
            paused ? "DeploymentPaused" : "DeploymentResumed",
            paused ? "Deployment is paused" : "Deployment is resumed");
        return true;
    }

    public void AdoptReplicaSets()
    {
        var query = LabelQuery.OfSelector(deployment.Body.At("spec", "selector"));
        foreach (var set in cluster.Store.List(Kinds.Apps, "replicasets", deployment.Key.Namespace))
        {
            if (Ownership.Controller(set.Body) is null && !query.IsEmpty && query.Matches(set.Body))
            {
                _ = cluster.Mutate(set.Key, body => PodAdoption.AddOwner(body, deployment.Body));
            }
        }
    }

    // The spec that this pass acted on with the status as it is now: observedGeneration must not run ahead.
    private JsonObject Current()
    {
        var body = deployment.Clone();
        body["status"] = cluster.Store.Get(deployment.Key)?.Body.At("status")?.DeepClone();
        return body;
    }

    private RolloutHistory Read() => RolloutHistory.Of(
        deployment.Body,
        cluster.Store.List(Kinds.Apps, "replicasets", deployment.Key.Namespace)
            .Where(set => Ownership.IsControlledBy(set.Body, deployment.Uid)));

    private bool HasOldPods(RolloutHistory history) =>
        history.Older.Any(set => cluster.Store.List("", "pods", deployment.Key.Namespace)
            .Any(pod => Ownership.IsControlledBy(pod.Body, set.Body.Text("metadata", "uid") ?? "")
                && !new PodFacts(pod).IsFinished));

    private RolloutHistory NeedNewest(RolloutHistory history)
    {
        if (history.Newest is { } newest)
        {
            Refresh(newest, history.NextRevision);
        }
        else
        {
            CreateNewest(history);
        }

        return Read();
    }

    private void Refresh(ReplicaSetFacts newest, long revision)
    {
        var annotations = RevisionAnnotations.ForNewest(deployment.Body, newest.Body, revision);
        _ = cluster.Mutate(Kinds.ReplicaSet(deployment.Key.Namespace, newest.Name), body =>
        {
            body.Need("metadata")["annotations"] = annotations.DeepClone();
            CopyMinReady(body.Need("spec"));
        });
        NoteRevision(annotations.Text(RevisionAnnotations.Revision) ?? "1");
        if (Conditions.Find(deployment.Body.At("status"), "Progressing") is null)
        {
            SetProgressing("True", "FoundNewReplicaSet", $"Found new replica set \"{newest.Name}\"");
        }
    }

    private void CreateNewest(RolloutHistory history)
    {
        var size = RolloutLimits.IsRecreate(deployment.Body)
            ? _limits.Desired
            : RollingUpdate.NewSize(_limits, current: 0, history.All.Sum(set => set.Desired));
        var body = NewReplicaSet.Of(deployment.Body, history.NextRevision, size, _limits);
        var key = Kinds.ReplicaSet(deployment.Key.Namespace, body.Text("metadata", "name")!);
        if (cluster.Create(key, body) is not StoreResult.Done)
        {
            // Another template has this hash, or the name is taken by a stranger: try again with another number.
            _ = cluster.Mutate(deployment.Key, own =>
                own.Need("status")["collisionCount"] = own.Count("status", "collisionCount") + 1);
            return;
        }

        if (size > 0)
        {
            cluster.Record(
                deployment, "Normal", "ScalingReplicaSet",
                $"Scaled up replica set {key.Name} from 0 to {size}", Component);
        }

        NoteRevision(history.NextRevision.ToString(CultureInfo.InvariantCulture));
        SetProgressing("True", "NewReplicaSetCreated", $"Created new replica set \"{key.Name}\"");
    }

    private void Apply(ImmutableArray<Resize> sizes)
    {
        foreach (var (target, replicas) in sizes)
        {
            var before = target.Written;
            _ = cluster.Mutate(Kinds.ReplicaSet(deployment.Key.Namespace, target.Name), body =>
            {
                body.Need("spec")["replicas"] = replicas;
                RevisionAnnotations.SetSizes(body.Need("metadata", "annotations"), _limits);
            });
            if (before != replicas)
            {
                var direction = replicas > before ? "up" : "down";
                cluster.Record(
                    deployment, "Normal", "ScalingReplicaSet",
                    $"Scaled {direction} replica set {target.Name} from {before} to {replicas}", Component);
            }
        }
    }

    private TimeSpan? WriteRolloutStatus()
    {
        var history = Read();
        var judge = new DeploymentStatus(Current(), history.Newest, history.All, now);
        var status = judge.OfRollout();
        if (judge.IsComplete(status))
        {
            foreach (var old in history.Expired(deployment.Body))
            {
                cluster.Delete(Kinds.ReplicaSet(deployment.Key.Namespace, old.Name));
            }
        }

        cluster.WriteStatus(deployment.Key, status);
        return judge.DeadlineIn(status);
    }

    // Kubernetes writes it together with a status.
    private void NoteRevision(string revision) => _ = cluster.Mutate(
        deployment.Key,
        body => body.Need("metadata", "annotations")[RevisionAnnotations.Revision] = revision,
        subresource: "status");

    private void SetProgressing(string status, string reason, string message)
    {
        if (deployment.Body.At("spec", "progressDeadlineSeconds") is not null)
        {
            var condition = Conditions.Make("Progressing", status, reason, message, now);
            _ = cluster.Mutate(deployment.Key, body => Conditions.Set(body.Need("status"), condition));
        }
    }

    private void CopyMinReady(JsonObject spec)
    {
        if (deployment.Body.Number("spec", "minReadySeconds") is > 0 and { } seconds)
        {
            spec["minReadySeconds"] = seconds;
        }
        else
        {
            _ = spec.Remove("minReadySeconds");
        }
    }
}
