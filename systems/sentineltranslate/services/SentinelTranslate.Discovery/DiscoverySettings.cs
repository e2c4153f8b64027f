namespace SentinelTranslate.Discovery;

/// <summary>What the pod tells its container.</summary>
/// <param name="Server">The API server.</param>
/// <param name="AccountDirectory">The folder with <c>token</c>, <c>ca.crt</c> and <c>namespace</c>.</param>
/// <param name="TargetsFile">The file that Prometheus reads.</param>
internal sealed record DiscoverySettings(Uri Server, string AccountDirectory, string TargetsFile)
{
    private const string Account = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <exception cref="FormatException">Something is missing; the message names it.</exception>
    public static DiscoverySettings Read(Func<string, string?> variable)
    {
        var root = variable("MIDWATCH_ROOT") ?? "";
        var host = Need(variable, "KUBERNETES_SERVICE_HOST");
        var port = Need(variable, "KUBERNETES_SERVICE_PORT");
        return Uri.TryCreate($"https://{host}:{port}", UriKind.Absolute, out var server)
            ? new DiscoverySettings(server, root + Account, root + Need(variable, "TARGETS_FILE"))
            : throw new FormatException($"KUBERNETES_SERVICE_HOST and _PORT: '{host}:{port}' is no address.");
    }

    private static string Need(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } value ? value : throw new FormatException($"{name} is not set.");
}
