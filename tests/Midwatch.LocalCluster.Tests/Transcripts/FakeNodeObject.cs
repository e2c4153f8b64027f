using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Managed;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>The Node and Lease objects of a simulated node, as in the recording.</summary>
internal static class FakeNodeObject
{
    public static void Create(ObjectStore store, int number)
    {
        var name = "node-" + number.ToString(CultureInfo.InvariantCulture);
        var zone = "zone-" + (char)('a' + number - 1);
        var node = (JsonObject)JsonNode.Parse(
            $$$"""
            {"kind": "Node", "apiVersion": "v1",
             "metadata": {"name": "{{{name}}}", "labels": {
               "beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
               "kubernetes.io/hostname": "{{{name}}}", "kubernetes.io/os": "linux",
               "topology.kubernetes.io/region": "loopback", "topology.kubernetes.io/zone": "{{{zone}}}"}},
             "spec": {},
             "status": {
               "addresses": [{"address": "10.9.0.{{{number}}}", "type": "InternalIP"},
                 {"address": "{{{name}}}", "type": "Hostname"}],
               "allocatable": {"cpu": "8", "ephemeral-storage": "100Gi", "memory": "32Gi", "pods": "110"},
               "capacity": {"cpu": "8", "ephemeral-storage": "100Gi", "memory": "32Gi", "pods": "110"},
               "conditions": [],
               "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}},
               "nodeInfo": {"architecture": "amd64", "bootID": "08a60407b54d802f08a60407b54d802f",
                 "containerRuntimeVersion": "containerd://2.0.0", "kernelVersion": "6.1.0-fake",
                 "kubeletVersion": "v1.35.6", "machineID": "08a98a07b55099b808a98a07b55099b8",
                 "operatingSystem": "linux", "osImage": "Fake Linux",
                 "systemUUID": "08d8fe07b578cf9608d8fe07b578cf96"} } }
            """)!;
        var conditions = node["status"]!["conditions"]!.AsArray();
        Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available");
        Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure");
        Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available");
        Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status");
        var status = node["status"]!;
        _ = node.Remove("status");
        var key = new ObjectKey("", "nodes", null, name);
        var time = TimeProvider.System.GetUtcNow();
        FieldOwnership.Note(key, "fakekubelet", time, before: null, node);
        _ = store.Create(key, node);
        _ = store.Mutate(
            key, FieldOwnership.Noted(key, "fakekubelet", time, body => body["status"] = status.DeepClone()));

        void Condition(string type, string status, string reason, string message)
        {
            var now = KubernetesTime.Format(TimeProvider.System.GetUtcNow());
            conditions.Add((JsonNode)new JsonObject
            {
                ["lastHeartbeatTime"] = now,
                ["lastTransitionTime"] = now,
                ["message"] = message,
                ["reason"] = reason,
                ["status"] = status,
                ["type"] = type,
            });
        }
    }

    public static void Renew(ObjectStore store, int number)
    {
        var name = "node-" + number.ToString(CultureInfo.InvariantCulture);
        var key = new ObjectKey("coordination.k8s.io", "leases", "kube-node-lease", name);
        var now = KubernetesTime.FormatMicro(TimeProvider.System.GetUtcNow());
        if (store.Mutate(key, lease => lease.Need("spec")["renewTime"] = now) is not StoreResult.Done)
        {
            _ = store.Create(key, new JsonObject
            {
                ["kind"] = "Lease",
                ["apiVersion"] = "coordination.k8s.io/v1",
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = key.Namespace },
                ["spec"] = new JsonObject
                {
                    ["holderIdentity"] = name,
                    ["leaseDurationSeconds"] = 40,
                    ["renewTime"] = now,
                },
            });
        }
    }
}
