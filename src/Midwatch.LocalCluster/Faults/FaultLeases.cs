using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Faults;

/// <summary>The leases of a cluster: one file per injected fault, readable by their owner only.</summary>
internal sealed class FaultLeases(string directory)
{
    public FaultLease? Find(string faultId)
    {
        try
        {
            var path = PathOf(faultId);
            return File.Exists(path) ? FaultLease.Parse(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public ImmutableArray<string> Active() => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Order(StringComparer.Ordinal)]
        : [];

    public void Write(FaultLease lease)
    {
        _ = Directory.CreateDirectory(directory);
        ClusterDirectory.WritePrivately(PathOf(lease.FaultId), lease.ToJson());
    }

    public void End(string faultId) => File.Delete(PathOf(faultId));

    // An id is a word of the catalog; whatever else it may hold must not lead out of the directory.
    private string PathOf(string faultId) =>
        Path.Combine(directory, Uri.EscapeDataString(faultId).Replace("..", "_", StringComparison.Ordinal) + ".json");
}
