using System.Globalization;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Network;
using Midwatch.Processes;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>Starts the nodes of a cluster: node-1, node-2, ….</summary>
internal static class NodeStart
{
    public static ClusterNodes Start(
        ClusterOptions options,
        ControlPlaneParts controlPlane,
        ClusterNetwork network,
        ProgramStarter starter,
        ClusterDirectory directory)
    {
        var access = new PodApiAccess(
            controlPlane.Server.Host, controlPlane.Server.Port, controlPlane.Authority, controlPlane.PodTokens.Issue);
        var places = PlaceSupport.Find(Directory.CreateDirectory(directory.Nodes).FullName);
        network.Places = places;
        return new ClusterNodes(
            [.. Enumerable.Range(0, Math.Max(1, options.Nodes)).Select(index => KubeletNode.Start(new KubeletOptions
        {
            Store = controlPlane.Store,
            Events = controlPlane.Events,
            Network = network,
            Starter = starter,
            Time = options.Time,
            NodeName = "node-" + (index + 1).ToString(CultureInfo.InvariantCulture),
            NodeIndex = index,
            Size = options.NodeSize,
            Directory = directory.Nodes,
            ImageDirectories = options.ImageDirectories,
            ProgramsDirectory = options.ProgramsDirectory,
            Places = places,
            Api = access,
        }))], network, options.Time);
    }
}
