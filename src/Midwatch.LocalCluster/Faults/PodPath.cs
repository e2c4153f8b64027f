namespace Midwatch.LocalCluster.Faults;

/// <summary>Paths of pods in the API.</summary>
internal static class PodPath
{
    public static string Of(string ns, string pod) =>
        $"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/pods/{Uri.EscapeDataString(pod)}";

    public static string Collection(string ns, string selector) =>
        $"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/pods?labelSelector={Uri.EscapeDataString(selector)}";

    /// <summary>
    /// The cluster's own entry for stopping a container's processes; outside the Kubernetes API, administrators only.
    /// </summary>
    /// <param name="verb">"freeze" or "thaw".</param>
    public static string Freezer(string ns, string pod, string container, string verb) =>
        $"/midwatch/v1/namespaces/{Uri.EscapeDataString(ns)}/pods/{Uri.EscapeDataString(pod)}"
        + $"/containers/{Uri.EscapeDataString(container)}/{verb}";
}
