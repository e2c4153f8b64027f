using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Kubelet.Pods;

/// <summary>Makes a pod's status from its containers, as the kubelet's generateAPIPodStatus does. Pure.</summary>
internal sealed record PodStatus(
    ImmutableArray<ContainerRecord> Init,
    ImmutableArray<ContainerRecord> Main,
    string Address,
    string NodeAddress,
    DateTimeOffset StartedAt,
    bool IsStopping)
{
    /// <summary>Containers that were put into the running pod.</summary>
    public ImmutableArray<ContainerRecord> Ephemeral { get; init; } = [];

    /// <summary>Why a resize that is wanted is not in force; null when none waits.</summary>
    public (string Reason, string Message)? PendingResize { get; init; }

    /// <summary>Writes into the pod's object.</summary>
    public void WriteTo(JsonObject pod, DateTimeOffset now)
    {
        var status = pod.Need("status");
        var phase = Phase(pod.Text("spec", "restartPolicy") ?? "Always");
        status["phase"] = phase;
        status["hostIP"] = NodeAddress;
        status["hostIPs"] = Addresses(NodeAddress);
        status["startTime"] ??= KubernetesTime.Format(StartedAt);
        if (Address.Length > 0)
        {
            status["podIP"] = Address;
            status["podIPs"] = Addresses(Address);
        }

        status["qosClass"] ??= QualityOfService.Of(pod);
        SetConditions(status, phase, now);
        if (PendingResize is var (reason, message))
        {
            PodCondition.Set(status, "PodResizePending", holds: true, reason, message, now);
        }
        else
        {
            PodCondition.Remove(status, "PodResizePending");
        }

        if (Init.Length > 0)
        {
            status["initContainerStatuses"] = Statuses(Init);
        }

        if (Ephemeral.Length > 0)
        {
            status["ephemeralContainerStatuses"] = Statuses(Ephemeral);
        }

        status["containerStatuses"] = Statuses(Main.OrderBy(record => record.Name, StringComparer.Ordinal));
    }

    /// <summary>getPhase of the kubelet.</summary>
    public string Phase(string restartPolicy)
    {
        if (Init.Any(one => !IsInitialised(one)))
        {
            var failed = restartPolicy == "Never"
                && Init.Any(one => !one.IsSidecar && one.State is ContainerState.Terminated { ExitCode: not 0 });
            return failed ? "Failed" : "Pending";
        }

        if (Main.Any(one => one.State is ContainerState.Waiting && one.Last is null))
        {
            return "Pending";
        }

        if (Main.Any(one => one.State is ContainerState.Running))
        {
            return "Running";
        }

        if (restartPolicy == "Always" && !IsStopping)
        {
            return "Running";
        }

        var succeeded = Main.All(one => (one.State as ContainerState.Terminated ?? one.Last)?.ExitCode == 0);
        return succeeded ? "Succeeded" : restartPolicy == "OnFailure" && !IsStopping ? "Running" : "Failed";
    }

    private static bool IsInitialised(ContainerRecord one) =>
        one.IsSidecar ? one.HasStarted : one.State is ContainerState.Terminated { ExitCode: 0 };

    private static JsonArray Addresses(string address) => [new JsonObject { ["ip"] = address }];

    private static JsonArray Statuses(IEnumerable<ContainerRecord> records) =>
        [.. records.Select(record => record.ToJson())];

    private void SetConditions(JsonObject status, string phase, DateTimeOffset now)
    {
        var isOver = phase is "Succeeded" or "Failed";
        var incomplete = Init.Where(one => !IsInitialised(one)).Select(one => one.Name).ToList();
        var unready = Main.Concat(Init.Where(one => one.IsSidecar))
            .Where(one => !one.IsReady).Select(one => one.Name).ToList();
        Set("PodReadyToStartContainers", Address.Length > 0 && !isOver, null, null);
        Set("Initialized", incomplete.Count == 0, "ContainersNotInitialized", Names("incomplete", incomplete));
        if (phase == "Succeeded")
        {
            Set("Ready", holds: false, "PodCompleted", null);
            Set("ContainersReady", holds: false, "PodCompleted", null);
            return;
        }

        var reason = phase == "Failed" ? "PodFailed" : "ContainersNotReady";
        var message = phase == "Failed" ? null : Names("unready", unready);
        var isReady = unready.Count == 0 && !isOver;
        Set("Ready", isReady, reason, message);
        Set("ContainersReady", isReady, reason, message);
        KeepScheduled(status, now);

        void Set(string type, bool holds, string? failure, string? why) =>
            PodCondition.Set(status, type, holds, holds ? null : failure, holds ? null : why, now);
    }

    // The scheduler writes it; a pod that names its node itself has none.
    private static void KeepScheduled(JsonObject status, DateTimeOffset now)
    {
        if (Conditions.Find(status, "PodScheduled") is null)
        {
            PodCondition.Set(status, "PodScheduled", holds: true, null, null, now);
        }
    }

    private static string Names(string what, List<string> names) =>
        $"containers with {what} status: [{string.Join(' ', names)}]";
}
