namespace Midwatch.LocalCluster.Faults;

/// <summary>Paths of workloads that a catalog names as "deployment/web".</summary>
internal static class WorkloadPath
{
    public static string Of(string ns, string workload)
    {
        var (plural, name) = Split(workload);
        return $"{Collection(ns, plural)}/{Uri.EscapeDataString(name)}";
    }

    /// <summary>The collection narrowed to this one, for following it.</summary>
    public static string Watch(string ns, string workload)
    {
        var (plural, name) = Split(workload);
        return $"{Collection(ns, plural)}?fieldSelector={Uri.EscapeDataString("metadata.name=" + name)}";
    }

    private static string Collection(string ns, string plural) =>
        $"/apis/apps/v1/namespaces/{Uri.EscapeDataString(ns)}/{plural}";

    private static (string Plural, string Name) Split(string workload)
    {
        var slash = workload.IndexOf('/', StringComparison.Ordinal);
        var kind = slash < 0 ? "deployment" : workload[..slash];
        var plural = kind.EndsWith('s') ? kind : kind + "s";
        return (plural, workload[(slash + 1)..]);
    }
}
