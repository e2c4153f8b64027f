namespace Reference.ClusterApi;

/// <summary>What a pod is given to speak to its cluster with.</summary>
/// <param name="Server">The API server.</param>
/// <param name="Directory">The folder with <c>token</c>, <c>ca.crt</c> and <c>namespace</c>.</param>
public sealed record PodAccount(Uri Server, string Directory)
{
    private const string Mounted = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Gets the pod's own namespace.</summary>
    /// <exception cref="IOException">The ServiceAccount is not mounted.</exception>
    public string Namespace => File.ReadAllText(Path.Combine(Directory, "namespace")).Trim();

    /// <summary>Reads the variables that every container has.</summary>
    /// <exception cref="FormatException">Something is missing; the message names it.</exception>
    public static PodAccount Read(Func<string, string?> variable)
    {
        var host = Need(variable, "KUBERNETES_SERVICE_HOST");
        var port = Need(variable, "KUBERNETES_SERVICE_PORT");

        // On Midwatch's local cluster a container may have no root of its own; this is where its files lie then.
        var root = variable("MIDWATCH_ROOT") ?? "";
        return Uri.TryCreate($"https://{host}:{port}", UriKind.Absolute, out var server)
            ? new PodAccount(server, root + Mounted)
            : throw new FormatException($"KUBERNETES_SERVICE_HOST and _PORT: '{host}:{port}' is no address.");
    }

    private static string Need(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } value ? value : throw new FormatException($"{name} is not set.");
}
