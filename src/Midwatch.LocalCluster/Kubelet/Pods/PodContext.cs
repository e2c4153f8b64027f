using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.LocalCluster.Kubelet.Images;
using Midwatch.LocalCluster.Kubelet.Probes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Kubelet.Pods;

/// <summary>What the runners of a pod's containers share.</summary>
internal sealed class PodContext(
    KubeletOptions options, NodeImages images, ProbeClients clients, StoredObject pod, Action publish)
{
    private const string Component = "kubelet";

    private volatile StoredObject _pod = pod;

    public KubeletOptions Options { get; } = options;

    public NodeImages Images { get; } = images;

    public ProbeClients Clients { get; } = clients;

    /// <summary>The pod's latest version.</summary>
    public StoredObject Pod
    {
        get => _pod;
        set => _pod = value;
    }

    public string Uid { get; } = pod.Uid;

    /// <summary>"name_namespace(uid)", as the kubelet's messages call a pod.</summary>
    public string FullName => $"{_pod.Key.Name}_{_pod.Key.Namespace}({Uid})";

    public StopSignal Stop { get; } = new(options.Time);

    /// <summary>The pod's address; empty before its sandbox is there.</summary>
    public string Address { get; set; } = "";

    /// <summary>Writes the pod's status, if it changed.</summary>
    public void Publish() => publish();

    /// <summary>Records an event about the pod, or about one of its containers.</summary>
    public void Record(string type, string reason, string message, ContainerRecord? container = null) =>
        Options.Events.Record(
            _pod,
            type,
            reason,
            message,
            Component,
            container is null
                ? null
                : $"spec.{ListOf(container)}{{{container.Name}}}",
            Options.NodeName);

    /// <summary>Always, OnFailure or Never, with what a sidecar's own policy says.</summary>
    public string RestartPolicy(ContainerRecord container) =>
        container.IsEphemeral ? "Never"
            : container.IsSidecar ? "Always"
            : container.IsInit && PolicyOf(_pod.Body) == "Always" ? "OnFailure"
            : PolicyOf(_pod.Body);

    private static string ListOf(ContainerRecord container) => container.IsEphemeral ? "ephemeralContainers"
        : container.IsInit ? "initContainers" : "containers";

    private static string PolicyOf(JsonObject pod) => pod.Text("spec", "restartPolicy") ?? "Always";
}
