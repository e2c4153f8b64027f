using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Faults;

/// <summary>The leases of a cluster: one file per injected fault, readable by their owner only.</summary>
internal sealed class FaultLeases(string directory)
{
    /// <summary>All that can be read, by id and place.</summary>
    public ImmutableArray<FaultLease> Active() => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, "*.json").Select(Read).OfType<FaultLease>()
            .OrderBy(lease => lease.Fault.Id, StringComparer.Ordinal)
            .ThenBy(lease => lease.Fault.Place, StringComparer.Ordinal)]
        : [];

    public FaultLease? Find(InjectedFault fault) => File.Exists(PathOf(fault)) ? Read(PathOf(fault)) : null;

    public void Write(FaultLease lease)
    {
        _ = Directory.CreateDirectory(directory);
        ClusterDirectory.WritePrivately(PathOf(lease.Fault), lease.ToJson());
    }

    public void End(InjectedFault fault) => File.Delete(PathOf(fault));

    // Another process may end it between the listing and the reading.
    private static FaultLease? Read(string path)
    {
        try
        {
            return FaultLease.Parse(File.ReadAllText(path));
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            return null;
        }
    }

    // Names of objects may be as long as a file's name may; and no id must lead out of the directory.
    private string PathOf(InjectedFault fault)
    {
        var place = Encoding.UTF8.GetBytes($"{fault.Id}\n{fault.Namespace}\n{fault.Target}");
        return Path.Combine(directory, Convert.ToHexStringLower(SHA256.HashData(place)) + ".json");
    }
}
