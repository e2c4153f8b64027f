using System.Text.Json.Nodes;

namespace Reference.Ingress;

/// <summary>One path of one host.</summary>
/// <param name="Host">Empty for any.</param>
/// <param name="Exact">Whether the whole path must be the same; else it must begin so, by whole parts.</param>
/// <param name="Backend">The Service, by its name in the cluster.</param>
internal sealed record IngressRoute(string Host, string Path, bool Exact, Uri Backend)
{
    public bool Matches(string host, string path) =>
        (Host.Length == 0 || string.Equals(Host, host, StringComparison.OrdinalIgnoreCase))
        && (path == Path || (!Exact && (Path == "/"
            || path.StartsWith(Path.TrimEnd('/') + "/", StringComparison.Ordinal))));

    /// <summary>Reads every route of an Ingress; paths without a Service and port are left out.</summary>
    public static IEnumerable<IngressRoute> Read(JsonObject ingress)
    {
        var space = ingress["metadata"]?["namespace"]?.ToString();
        foreach (var rule in Items(ingress["spec"]?["rules"]))
        {
            foreach (var path in Items(rule["http"]?["paths"]))
            {
                var service = path["backend"]?["service"];
                if (service?["name"]?.ToString() is { } name && service["port"]?["number"]?.ToString() is { } port)
                {
                    yield return new IngressRoute(
                        rule["host"]?.ToString() ?? "",
                        path["path"]?.ToString() ?? "/",
                        path["pathType"]?.ToString() == "Exact",
                        new Uri($"http://{name}.{space}.svc.cluster.local:{port}"));
                }
            }
        }
    }

    private static IEnumerable<JsonObject> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();
}
