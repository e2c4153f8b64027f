using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Pods;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Managed;

namespace Midwatch.LocalCluster.Kubelet.Nodes;

/// <summary>Registers the node and tells that it is alive: its lease every 10 s, its status every 5 min.</summary>
internal sealed class NodeReporter : IAsyncDisposable
{
    private const int LeaseSeconds = 40;
    private const int LeasesPerStatus = 30;
    private const string Version = "v1.32.4";
    private static readonly TimeSpan LeasePeriod = TimeSpan.FromSeconds(10);

    private readonly KubeletOptions _options;
    private readonly ObjectKey _node;
    private readonly ObjectKey _lease;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public NodeReporter(KubeletOptions options)
    {
        _options = options;
        _node = new("", "nodes", null, options.NodeName);
        _lease = new("coordination.k8s.io", "leases", "kube-node-lease", options.NodeName);
        Register();
        ReportStatus();
        RenewLease();
        _running = Task.Run(RunAsync);
    }

    public bool IsSilent { get; private set; }

    public void SetSilent(bool silent)
    {
        IsSilent = silent;
        if (!silent)
        {
            RenewLease();
            ReportStatus();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(LeasePeriod, _options.Time);
        for (var beat = 1; await timer.WaitForNextTickAsync(_stop.Token); beat++)
        {
            if (IsSilent)
            {
                continue;
            }

            RenewLease();
            if (beat % LeasesPerStatus == 0)
            {
                ReportStatus();
            }
        }
    }

    private void Register()
    {
        var created = _options.Store.Create(_node, new JsonObject
        {
            ["kind"] = "Node",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = _options.NodeName,
                ["labels"] = new JsonObject
                {
                    ["beta.kubernetes.io/arch"] = Architecture,
                    ["beta.kubernetes.io/os"] = "linux",
                    ["kubernetes.io/arch"] = Architecture,
                    ["kubernetes.io/hostname"] = _options.NodeName,
                    ["kubernetes.io/os"] = "linux",
                },
            },
            ["spec"] = new JsonObject(),
        });
        if (created is StoreResult.Done done)
        {
            _options.Events.Record(
                done.Object, "Normal", "Starting", "Starting kubelet.", "kubelet", host: _options.NodeName);
        }
    }

    private void ReportStatus()
    {
        var now = _options.Time.GetUtcNow();
        _ = _options.Store.Mutate(_node, FieldOwnership.Noted(_node, FieldOwnership.Kubelet, now, node =>
        {
            var status = node.Need("status");
            status["addresses"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "InternalIP",
                    ["address"] = _options.Network.NodeAddress(_options.NodeIndex).ToString(),
                },
                new JsonObject { ["type"] = "Hostname", ["address"] = _options.NodeName });
            status["capacity"] = Resources();
            status["allocatable"] = Resources();
            SetConditions(status, now);
            status["daemonEndpoints"] = new JsonObject { ["kubeletEndpoint"] = new JsonObject { ["Port"] = 10250 } };
            status["nodeInfo"] = Describe();
        }));
    }

    private static void SetConditions(JsonObject status, DateTimeOffset now)
    {
        Set("MemoryPressure", false, "KubeletHasSufficientMemory", "kubelet has sufficient memory available");
        Set("DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure");
        Set("PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available");
        Set("Ready", true, "KubeletReady", "kubelet is posting ready status");

        void Set(string type, bool holds, string reason, string message)
        {
            PodCondition.Set(status, type, holds, reason, message, now);
            var condition = Conditions.Find(status, type)!;
            _ = condition.Remove("lastProbeTime");
            condition["lastHeartbeatTime"] = KubernetesTime.Format(now);
        }
    }

    private JsonObject Resources() => new()
    {
        ["cpu"] = _options.Size.Cpu,
        ["ephemeral-storage"] = "100Gi",
        ["memory"] = _options.Size.Memory,
        ["pods"] = $"{_options.Size.Pods}",
    };

    private static JsonObject Describe() => new()
    {
        ["architecture"] = Architecture,
        ["bootID"] = ReadLine("/proc/sys/kernel/random/boot_id"),
        ["containerRuntimeVersion"] = "containerd://1.7.0",
        ["kernelVersion"] = ReadLine("/proc/sys/kernel/osrelease"),
        ["kubeProxyVersion"] = Version,
        ["kubeletVersion"] = Version,
        ["machineID"] = ReadLine("/etc/machine-id"),
        ["operatingSystem"] = "linux",
        ["osImage"] = RuntimeInformation.OSDescription,
        ["systemUUID"] = ReadLine("/etc/machine-id"),
    };

    private void RenewLease()
    {
        var now = KubernetesTime.FormatMicro(_options.Time.GetUtcNow());
        if (_options.Store.Mutate(_lease, lease => lease.Need("spec")["renewTime"] = now) is StoreResult.Done)
        {
            return;
        }

        _ = _options.Store.Create(_lease, new JsonObject
        {
            ["kind"] = "Lease",
            ["apiVersion"] = "coordination.k8s.io/v1",
            ["metadata"] = new JsonObject { ["name"] = _lease.Name, ["namespace"] = _lease.Namespace },
            ["spec"] = new JsonObject
            {
                ["holderIdentity"] = _options.NodeName,
                ["leaseDurationSeconds"] = LeaseSeconds,
                ["renewTime"] = now,
            },
        });
    }

    private static string ReadLine(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : "";

    private static string Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        _ => "unknown",
    };
}
