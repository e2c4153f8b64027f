using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>Writes the status that the recording's simulated kubelet wrote for pods.</summary>
internal sealed class FakePod(TimeProvider time)
{
    private string Now => KubernetesTime.Format(time.GetUtcNow());

    public static string Mode(JsonObject pod) => pod.Text("metadata", "annotations", "fakekubelet/mode") ?? "";

    public static IEnumerable<JsonObject> Containers(JsonObject pod) => pod.Items("spec", "containers");

    /// <summary>Everything as it is when the pod's containers run.</summary>
    public void Start(JsonObject pod, string address)
    {
        var mode = Mode(pod);
        var isReady = mode is not ("crash" or "oom" or "imagepull" or "notready");
        var status = pod.Need("status");
        status["phase"] = mode == "imagepull" ? "Pending" : "Running";
        status["hostIP"] = "10.9.0.1";
        status["hostIPs"] = new JsonArray(new JsonObject { ["ip"] = "10.9.0.1" });
        status["podIP"] = address;
        status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address });
        status["startTime"] = Now;
        status["observedGeneration"] = pod.Number("metadata", "generation") ?? 1;
        foreach (var type in (string[])["PodScheduled", "PodReadyToStartContainers", "Initialized"])
        {
            Condition(pod, type, true, null);
        }

        var unready = $"containers with unready status: [{string.Join(' ', Containers(pod).Select(Name))}]";
        Condition(pod, "Ready", isReady, unready);
        Condition(pod, "ContainersReady", isReady, unready);
        var initial = pod.Items("spec", "initContainers").Select(one => Ended(one, 0, "Completed", isReady: true));
        if (initial.Any())
        {
            status["initContainerStatuses"] = new JsonArray([.. initial.Cast<JsonNode>()]);
        }

        status["containerStatuses"] = new JsonArray(
            [.. Containers(pod).Select(one => (JsonNode)Container(pod, one, mode, isReady))]);
    }

    /// <summary>The little that is said of a pod on a node without a kubelet.</summary>
    public void Claim(JsonObject pod)
    {
        var status = pod.Need("status");
        status["phase"] = "Running";
        foreach (var type in (string[])["Ready", "ContainersReady"])
        {
            Condition(pod, type, true, null);
            _ = Conditions.Find(status, type)!.Remove("observedGeneration");
        }

        status["containerStatuses"] = new JsonArray([.. Containers(pod).Select(one => (JsonNode)new JsonObject
        {
            ["image"] = one.Text("image"),
            ["imageID"] = "x",
            ["lastState"] = new JsonObject(),
            ["name"] = Name(one),
            ["ready"] = true,
            ["restartCount"] = 0,
            ["started"] = true,
            ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Now } },
        })]);
    }

    /// <summary>A pod whose programs end by themselves has ended.</summary>
    public void End(JsonObject pod, bool isGood)
    {
        var status = pod.Need("status");
        status["phase"] = isGood ? "Succeeded" : "Failed";
        foreach (var type in (string[])["Ready", "ContainersReady"])
        {
            Condition(pod, type, false, null);
            var condition = Conditions.Find(status, type)!;
            condition["reason"] = isGood ? "PodCompleted" : "PodFailed";
        }

        status["containerStatuses"] = new JsonArray([.. Containers(pod).Select(
            one => (JsonNode)Ended(one, isGood ? 0 : 1, isGood ? "Completed" : "Error", isReady: false))]);
    }

    private void Condition(JsonObject pod, string type, bool holds, string? message)
    {
        var status = pod.Need("status");
        var condition = new JsonObject
        {
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = Now,
            ["observedGeneration"] = 1,
            ["status"] = holds ? "True" : "False",
            ["type"] = type,
        };
        if (!holds && message is not null)
        {
            condition["message"] = message;
            condition["reason"] = "ContainersNotReady";
        }

        var list = status["conditions"] as JsonArray ?? [];
        status["conditions"] ??= list;
        var at = list.Select(one => one.Text("type")).ToList().IndexOf(type);
        if (at < 0)
        {
            list.Add((JsonNode)condition);
        }
        else
        {
            list[at] = condition;
        }
    }

    private JsonObject Container(JsonObject pod, JsonObject container, string mode, bool isReady)
    {
        var body = Common(container, isReady);
        var name = Name(container);
        switch (mode)
        {
            case "imagepull":
                body["image"] = container.Text("image");
                body["imageID"] = "";
                _ = body.Remove("containerID");
                body["started"] = false;
                body["state"] = Waiting(
                    "ImagePullBackOff", $"Back-off pulling image \"{container.Text("image")}\"");
                break;
            case "crash" or "oom":
                body["restartCount"] = 2;
                body["started"] = false;
                body["lastState"] = Terminated(mode == "oom" ? 137 : 1, mode == "oom" ? "OOMKilled" : "Error");
                body["state"] = Waiting(
                    "CrashLoopBackOff",
                    $"back-off 10s restarting failed container={name} pod={pod.Text("metadata", "name")}_"
                        + $"{pod.Text("metadata", "namespace")}({pod.Text("metadata", "uid")})");
                break;
            default:
                body["started"] = true;
                body["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Now } };
                break;
        }

        return body;
    }

    private JsonObject Ended(JsonObject container, int code, string reason, bool isReady)
    {
        var body = Common(container, isReady);
        body["started"] = false;
        body["state"] = Terminated(code, reason);
        return body;
    }

    private static JsonObject Common(JsonObject container, bool isReady)
    {
        var image = $"docker.io/library/{container.Text("image")}";
        return new JsonObject
        {
            ["containerID"] = "containerd://" + new string('a', 64),
            ["image"] = image,
            ["imageID"] = $"{image}@sha256:{new string('b', 64)}",
            ["lastState"] = new JsonObject(),
            ["name"] = Name(container),
            ["ready"] = isReady,
            ["restartCount"] = 0,
        };
    }

    private JsonObject Terminated(int code, string reason) => new()
    {
        ["terminated"] = new JsonObject
        {
            ["containerID"] = "containerd://" + new string('a', 64),
            ["exitCode"] = code,
            ["finishedAt"] = Now,
            ["reason"] = reason,
            ["startedAt"] = Now,
        },
    };

    private static JsonObject Waiting(string reason, string message) =>
        new() { ["waiting"] = new JsonObject { ["message"] = message, ["reason"] = reason } };

    private static string Name(JsonObject container) => container.Text("name") ?? "";
}
