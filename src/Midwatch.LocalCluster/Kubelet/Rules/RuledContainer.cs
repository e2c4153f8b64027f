using System.Collections.Immutable;
using System.Globalization;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.LocalCluster.Kubelet.Pods;
using Midwatch.LocalCluster.Kubelet.Volumes;
using Midwatch.LocalCluster.Objects;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Rules;

/// <summary>A running container as rules act on it.</summary>
/// <param name="Disk">A claim of it that is a disk of its own; null when it has none.</param>
internal sealed record RuledContainer(
    StoredObject Pod, string Container, ContainerInstance Instance, PodWorker Worker, MountedClaim? Disk,
    KubeletOptions Options)
{
    // Looks like what a network file system leaves behind when a deleted file is still open.
    private const string FillName = ".nfs0000000000a3f1c500000001";
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    /// <summary>A container crashes some time after its start, not in the middle of it.</summary>
    public bool IsDue(NodeRule rule) =>
        rule.Kind != "crash" || Options.Time.GetUtcNow() - Instance.StartedAt >= Settled;

    public void Apply(NodeRule rule)
    {
        switch (rule.Kind)
        {
            case "crash":
                _ = Instance.Program.Signal(Signal.Segv, wholeGroup: true);
                break;
            case "grow":
                // What tail keeps of a line without an end is what is put into it, until it is told that it is all.
                Start("sh", "-c", $"(head -c {Text(rule.Amount)} /dev/zero; exec sleep 3600) | tail");
                break;
            case "burn":
                for (var program = 0L; program < rule.Amount; program++)
                {
                    Start("sh", "-c", "while :; do :; done");
                }

                break;
            case "fill" when Disk is not null:
                Start("dd", "if=/dev/zero", "of=" + FillPath, "bs=64k");
                break;
            case "evict":
                Worker.Evict("The node was low on resource: memory. Threshold quantity: 100Mi, available: 73412Ki. ");
                break;
        }
    }

    /// <summary>Ends what the rule left in this container.</summary>
    public async Task EndAsync(NodeRule rule)
    {
        await Instance.EndOthersAsync();
        if (rule.Kind == "fill" && Disk is not null
            && Options.Starter.Start(Instance.Inside(["rm", "-f", FillPath]))
                is StartResult.Started { Program: var program })
        {
            _ = await program.Exited;
            await program.DisposeAsync();
        }
    }

    private string FillPath => $"{Disk?.Target.TrimEnd('/')}/{FillName}";

    // As root where we may: what fills a disk is not stopped by whom the container runs as.
    private void Start(params ImmutableArray<string> argv) =>
        _ = Instance.StartBeside(Instance.Inside(argv) with { User = null }, isOther: true);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
