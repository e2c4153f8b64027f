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
    /// <summary>Looks like what a network file system leaves behind when a deleted file is still open.</summary>
    public const string FillName = ".nfs0000000000a3f1c500000001";
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    /// <summary>A container crashes some time after its start, not in the middle of it.</summary>
    public bool IsDue(NodeRule rule) =>
        rule.Kind != "crash" || Options.Time.GetUtcNow() - Instance.StartedAt >= Settled;

    /// <summary>Lets the rule act on it; false when that has to be tried again.</summary>
    public bool Apply(NodeRule rule)
    {
        switch (rule.Kind)
        {
            case "crash":
                // Again until it is gone: a runtime that handles the signal (.NET's does) outlives the first one.
                _ = Instance.Program.Signal(Signal.Segv, wholeGroup: true);
                return false;
            case "grow":
                // What tail keeps of a line without an end is what is put into it, until it is told that it is all.
                return Start("sh", "-c", $"(head -c {Text(rule.Amount)} /dev/zero; exec sleep 3600) | tail");
            case "burn":
                return Enumerable.Range(0, (int)rule.Amount).All(_ => Start("sh", "-c", "while :; do :; done"));
            case "fill" when Disk is not null:
                // Again and again: what the program itself deletes while its disk is full would leave room for good.
                return Start("sh", "-c", $"while :; do cat /dev/zero >>{FillPath}; sleep 0.2; done 2>/dev/null");
            case "evict":
                Worker.Evict("The node was low on resource: memory. Threshold quantity: 100Mi, available: 73412Ki. ");
                return true;
            default:
                return true;
        }
    }

    /// <summary>Ends what the rule left in this container; false when something of it is still there.</summary>
    public async Task<bool> EndAsync(NodeRule rule)
    {
        await Instance.EndOthersAsync();
        if (rule.Kind != "fill" || Disk is null)
        {
            return true;
        }

        if (Options.Starter.Start(Instance.Inside(["rm", "-f", FillPath]) with { User = null })
            is not StartResult.Started { Program: var program })
        {
            return false;
        }

        var status = await program.Exited;
        await program.DisposeAsync();
        return status.Code == 0;
    }

    private string FillPath => $"{Disk?.Target.TrimEnd('/')}/{FillName}";

    // As root where we may: what fills a disk is not stopped by whom the container runs as.
    private bool Start(params ImmutableArray<string> argv) =>
        Instance.StartBeside(Instance.Inside(argv) with { User = null }, isOther: true) is StartResult.Started;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
