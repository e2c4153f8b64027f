namespace Midwatch.LocalCluster.Faults;

/// <summary>Paths of pods in the API.</summary>
internal static class PodPath
{
    public static string Of(string ns, string pod) =>
        $"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/pods/{Uri.EscapeDataString(pod)}";

    public static string Collection(string ns, string selector) =>
        $"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/pods?labelSelector={Uri.EscapeDataString(selector)}";

    /// <summary>Where a script is run by sh in a container; to be opened as a web socket.</summary>
    public static string Shell(string ns, string pod, string container, string script) =>
        $"{Of(ns, pod)}/exec?container={Uri.EscapeDataString(container)}&stdout=true&stderr=true"
        + $"&command=sh&command=-c&command={Uri.EscapeDataString(script)}";

    /// <summary>
    /// The cluster's own entry for stopping a container's processes; outside the Kubernetes API, administrators only.
    /// </summary>
    /// <param name="verb">"freeze" or "thaw".</param>
    public static string Freezer(string ns, string pod, string container, string verb) =>
        $"/midwatch/v1/namespaces/{Uri.EscapeDataString(ns)}/pods/{Uri.EscapeDataString(pod)}"
        + $"/containers/{Uri.EscapeDataString(container)}/{verb}";
}
